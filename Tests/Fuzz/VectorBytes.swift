import CryptoPrimitives
import Foundation

/// Seeds from the files of known-answer vectors.
enum VectorBytes {
    struct Missing: Error { let key: String }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors")

    /// Every hexadecimal value under these keys, at any depth of the file.
    static func all(_ keys: Set<String>, in file: String) throws -> [[UInt8]] {
        let contents = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appending(path: file)))
        let found = collect(keys, in: contents)
        guard !found.isEmpty else { throw Missing(key: keys.joined(separator: ", ")) }
        return found
    }

    /// A file below `files`.
    static func file(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: folder.appending(path: "files/\(name)"))) }

    static func one(_ key: String, in file: String) throws -> [UInt8] {
        guard let first = try all([key], in: file).first else { throw Missing(key: key) }
        return first
    }

    private static func collect(_ keys: Set<String>, in value: Any) -> [[UInt8]] {
        if let array = value as? [Any] { return array.flatMap { collect(keys, in: $0) } }
        guard let object = value as? [String: Any] else { return [] }
        return object.sorted { $0.key < $1.key }.flatMap { key, value in
            if keys.contains(key), let hex = value as? String, let bytes = Hex.decode(hex) { return [bytes] }
            return collect(keys, in: value)
        }
    }
}
