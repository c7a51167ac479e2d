import Foundation

@testable import CryptoPrimitives

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
}

/// A repeatable generator (SplitMix64), so that a failing test fails again.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
