import CryptoPrimitives

/// Extended triple Diffie-Hellman: the first secret of a session.
///
/// Source: the X3DH specification (signal.org/docs/specifications/x3dh), version 3 of the message format.
enum KeyAgreement {
    /// The side that starts: our identity and a fresh base key against the other's published keys.
    static func starting(
        identity: KeyPair, baseKey: KeyPair, theirIdentity: PublicKey, theirSignedPreKey: PublicKey, theirPreKey: PublicKey?
    ) throws(SignalError) -> (root: RootKey, chain: ChainKey) {
        var secrets = try identity.agree(with: theirSignedPreKey)
        secrets += try baseKey.agree(with: theirIdentity)
        secrets += try baseKey.agree(with: theirSignedPreKey)
        if let theirPreKey { secrets += try baseKey.agree(with: theirPreKey) }
        return derived(from: secrets)
    }

    /// The side that answers: our published keys against the other's identity and base key.
    static func answering(
        identity: KeyPair, signedPreKey: KeyPair, preKey: KeyPair?, theirIdentity: PublicKey, theirBaseKey: PublicKey
    ) throws(SignalError) -> (root: RootKey, chain: ChainKey) {
        var secrets = try signedPreKey.agree(with: theirIdentity)
        secrets += try identity.agree(with: theirBaseKey)
        secrets += try signedPreKey.agree(with: theirBaseKey)
        if let preKey { secrets += try preKey.agree(with: theirBaseKey) }
        return derived(from: secrets)
    }

    private static func derived(from secrets: [UInt8]) -> (root: RootKey, chain: ChainKey) {
        let material = [UInt8](repeating: 0xFF, count: 32) + secrets
        return RootKey.split(HKDF.sha256(material, info: Array("WhisperText".utf8), length: 64))
    }
}
