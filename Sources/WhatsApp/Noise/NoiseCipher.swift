import CryptoPrimitives

/// One key with the counter that makes its nonces: 8 zero bytes and the counter in 4 big-endian bytes.
struct NoiseCipher: Sendable {
    private let key: [UInt8]
    private(set) var counter: UInt32

    /// - Parameter counter: other than 0 only to test its end.
    init(key: [UInt8], counter: UInt32 = 0) {
        self.key = key
        self.counter = counter
    }

    /// Ciphertext and 16-byte tag.
    mutating func seal(_ plaintext: [UInt8], authenticating data: [UInt8] = []) throws(NoiseError) -> [UInt8] {
        let nonce = try nonce()
        do {
            let sealed = try AESGCM.seal(plaintext, key: key, nonce: nonce, authenticating: data)
            counter += 1
            return sealed
        } catch {
            throw .cipherUnavailable
        }
    }

    /// The counter stands still when the ciphertext is not authentic.
    mutating func open(_ sealed: [UInt8], authenticating data: [UInt8] = [], as secret: NoiseError.Secret) throws(NoiseError) -> [UInt8] {
        let nonce = try nonce()
        do {
            let plaintext = try AESGCM.open(sealed, key: key, nonce: nonce, authenticating: data)
            counter += 1
            return plaintext
        } catch {
            throw .undecryptable(secret)
        }
    }

    /// Refuses the last counter value, so that adding one never wraps.
    private func nonce() throws(NoiseError) -> [UInt8] {
        guard counter < .max else { throw .counterExhausted }
        return [UInt8](repeating: 0, count: 8) + stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: counter >> $0) }
    }
}

extension NoiseCipher: Concealed {
    var concealedByteCount: Int { key.count }
}
