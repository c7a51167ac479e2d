import CryptoPrimitives
import Foundation

@testable import Signal

/// Reads the known-answer files that stand in `Tests/Vectors`.
enum Vectors {
    static func load<File: Decodable>(_ name: String, as type: File.Type) throws -> File {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try JSONDecoder().decode(type, from: Data(contentsOf: tests.appending(path: "Vectors/\(name)")))
    }
}

/// A byte string that stands in hexadecimal in a vector file.
struct HexBytes: Decodable, Sendable {
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let bytes = Hex.decode(text) else { throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: text)) }
        self.bytes = bytes
    }

    func key() throws -> PublicKey {
        guard let key = PublicKey(raw: bytes) else { throw SignalError.invalidKey }
        return key
    }

    func pair() throws -> KeyPair { try KeyPair(privateKey: bytes) }
}
