import Glibc

/// Small text files.
enum TextFile {
    /// Bytes that are read at most; a configuration has a few thousand.
    static let maxBytes = 1 << 20

    /// Writes the whole file anew, for its owner's eyes only.
    static func write(_ text: String, to path: String) throws(ShellFailure) {
        unlink(path)
        guard let file = fopen(path, "wxe") else { throw .failed("can not write \(path): \(ShellFailure.systemError())") }
        let bytes = Array(text.utf8)
        let isWhole = fwrite(bytes, 1, bytes.count, file) == bytes.count
        guard fclose(file) == 0, isWhole else { throw .failed("can not write \(path): \(ShellFailure.systemError())") }
    }

    /// nil where the file can not be read; `errno` says why.
    static func read(_ path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: maxBytes)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else { return nil }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
