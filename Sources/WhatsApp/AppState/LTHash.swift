import CryptoPrimitives

/// A sum over all values of a collection, independent of their order: values can be taken out again.
///
/// 64 lanes of 16 bits. Source: protocol notes on state, section 1.
package struct LTHash: Equatable, Sendable {
    package static let length = 128
    private static let info = Array("WhatsApp Patch Integrity".utf8)

    private var lanes: [UInt16]

    /// Of an empty collection.
    package init() { lanes = Array(repeating: 0, count: Self.length / 2) }

    /// nil unless there are 128 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        lanes = Self.lanes(of: bytes)
    }

    package var bytes: [UInt8] { lanes.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] } }

    package mutating func add(_ valueMAC: [UInt8]) { add(LTHash(expanding: valueMAC)) }

    package mutating func subtract(_ valueMAC: [UInt8]) { subtract(LTHash(expanding: valueMAC)) }

    /// Lane by lane; what overflows a lane is dropped.
    mutating func add(_ other: LTHash) {
        for lane in lanes.indices { lanes[lane] &+= other.lanes[lane] }
    }

    mutating func subtract(_ other: LTHash) {
        for lane in lanes.indices { lanes[lane] &-= other.lanes[lane] }
    }

    private init(expanding valueMAC: [UInt8]) {
        lanes = Self.lanes(of: HKDF.sha256(valueMAC, info: Self.info, length: Self.length))
    }

    private static func lanes(of bytes: [UInt8]) -> [UInt16] {
        stride(from: 0, to: length, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
    }
}
