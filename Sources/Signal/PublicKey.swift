import CryptoPrimitives

/// A Curve25519 public key.
package struct PublicKey: Hashable, Sendable {
    /// The 32 raw bytes, as stanzas carry them.
    package let bytes: [UInt8]

    /// From 32 raw bytes; nil for any other length.
    package init?(raw: [UInt8]) {
        guard raw.count == X25519.keyLength else { return nil }
        bytes = raw
    }

    /// From the 33 bytes that protobufs carry, the first of which is 05; nil for anything else.
    package init?(typed: [UInt8]) {
        guard typed.count == X25519.keyLength + 1, typed.first == Self.type else { return nil }
        bytes = Array(typed.dropFirst())
    }

    init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// The 33 bytes that protobufs, signatures and authentication codes use: 05 ‖ key.
    package var typed: [UInt8] { [Self.type] + bytes }

    /// Whether the holder of this key signed `message` (64-byte XEdDSA signature).
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        XEdDSA.verify(signature, message: message, publicKey: bytes)
    }

    /// The type byte of Curve25519 keys (libsignal's "DJB" type).
    private static let type: UInt8 = 5
}

extension PublicKey: Concealed {
    /// See `Concealed`.
    package var concealedByteCount: Int { bytes.count }
}
