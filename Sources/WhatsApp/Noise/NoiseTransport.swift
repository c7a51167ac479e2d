import CryptoPrimitives

/// The encrypted phase: every frame payload is one message under a counter of its direction.
///
/// Frames must be written in the order in which they were encrypted. After an error the connection is of no use any more.
package struct NoiseTransport: Sendable {
    private var writing: NoiseCipher
    private var reading: NoiseCipher

    /// - Parameters: 32-byte keys and the counters, which are 0 except in tests.
    package init(writeKey: [UInt8], readKey: [UInt8], writeCounter: UInt32 = 0, readCounter: UInt32 = 0) {
        writing = NoiseCipher(key: writeKey, counter: writeCounter)
        reading = NoiseCipher(key: readKey, counter: readCounter)
    }

    /// Ciphertext and 16-byte tag, the payload of the next frame.
    package mutating func encrypt(_ plaintext: [UInt8]) throws(NoiseError) -> [UInt8] { try writing.seal(plaintext) }

    /// The plaintext of the next frame.
    package mutating func decrypt(_ sealed: [UInt8]) throws(NoiseError) -> [UInt8] { try reading.open(sealed, as: .frame) }
}

extension NoiseTransport: Concealed {
    /// Bytes of the two keys; the text form says only this.
    package var concealedByteCount: Int { writing.concealedByteCount + reading.concealedByteCount }
}
