import CryptoPrimitives

/// A row of `wa_pre_keys`, opened: a one-time pre-key.
package struct PreKeyRow: Sendable, Hashable, Concealed {
    package let id: UInt32
    /// 32 bytes; the public half is computed from it.
    package let privateKey: [UInt8]

    package init(id: UInt32, privateKey: [UInt8]) {
        self.id = id
        self.privateKey = privateKey
    }

    package var concealedByteCount: Int { privateKey.count }
}

/// A row of `wa_signed_pre_keys`, opened.
package struct SignedPreKeyRow: Sendable, Hashable, Concealed {
    package let id: UInt32
    /// 32 bytes.
    package let privateKey: [UInt8]
    /// 64 bytes, by the identity key.
    package let signature: [UInt8]

    package init(id: UInt32, privateKey: [UInt8], signature: [UInt8]) {
        self.id = id
        self.privateKey = privateKey
        self.signature = signature
    }

    package var concealedByteCount: Int { privateKey.count }
}
