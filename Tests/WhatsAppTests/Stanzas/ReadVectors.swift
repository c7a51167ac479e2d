import CryptoPrimitives
import Foundation
import Testing

/// Reads a file of `Tests/Vectors`.
func readVectors<File: Decodable>(_ name: String, as type: File.Type) throws -> File {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDecoder().decode(type, from: Data(contentsOf: tests.appending(path: "Vectors/\(name)")))
}

/// Bytes that stand in hexadecimal in a vector file.
struct HexText: Decodable, Sendable {
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let bytes = Hex.decode(text) else { throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: text)) }
        self.bytes = bytes
    }
}
