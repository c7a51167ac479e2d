import CryptoPrimitives
import Foundation
import Testing

/// Reads a file of known-answer vectors.
enum VectorFile {
    static func decode<Contents: Decodable>(_ type: Contents.Type, from name: String) throws -> Contents {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors")
        return try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name)))
    }
}

/// Bytes of a hexadecimal string in a test or vector.
func bytes(_ hex: String) throws -> [UInt8] { try #require(Hex.decode(hex), "not hexadecimal: \(hex)") }
