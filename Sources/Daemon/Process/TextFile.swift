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

    /// Puts a short text in place of a file's in one step; where the disk is full, over the text that is there, which needs no room.
    /// - Returns: false where neither was possible; `errno` says why.
    static func replace(_ text: [UInt8], at path: String) -> Bool {
        let fresh = path + ".new"
        if let file = fopen(fresh, "we") {
            let isWritten = fwrite(text, 1, text.count, file) == text.count && fflush(file) == 0 && fsync(fileno(file)) == 0
            if fclose(file) == 0, isWritten, rename(fresh, path) == 0 { return true }
            unlink(fresh)
        }
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return pwrite(file, text, text.count, 0) == text.count && ftruncate(file, off_t(text.count)) == 0
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
