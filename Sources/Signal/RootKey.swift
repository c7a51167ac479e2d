import CryptoPrimitives

/// The key that both sides' Diffie-Hellman ratchets turn.
struct RootKey: Equatable, Sendable {
    /// 32 bytes.
    let key: [UInt8]

    /// One turn: the next root key and a fresh chain.
    func turned(ours: KeyPair, theirs: PublicKey) throws(SignalError) -> (root: RootKey, chain: ChainKey) {
        let secret = try ours.agree(with: theirs)
        let output = HKDF.sha256(secret, salt: key, info: Array("WhisperRatchet".utf8), length: 64)
        return Self.split(output)
    }

    /// The 64 bytes of a derivation as a root key and a chain at its start.
    static func split(_ output: [UInt8]) -> (root: RootKey, chain: ChainKey) {
        (RootKey(key: Array(output.prefix(32))), ChainKey(key: Array(output.suffix(32)), index: 0))
    }
}

extension RootKey: Concealed {
    package var concealedByteCount: Int { key.count }
}
