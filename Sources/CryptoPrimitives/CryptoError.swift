/// Why a cryptographic operation was refused. The cases carry lengths, never content.
package enum CryptoError: Error, Hashable, Sendable {
    /// A key does not have the length its algorithm asks for; the length in bytes that was given.
    case invalidKeyLength(Int)
    /// A nonce or initialisation vector does not have the length its algorithm asks for; the length in bytes that was given.
    case invalidNonceLength(Int)
    /// A signer was not given the 64 random bytes it mixes in; the length in bytes that was given.
    case invalidRandomnessLength(Int)
    /// An input is longer than the library can take in one call; the length in bytes that was given.
    case inputTooLong(Int)
    /// A public key is a point of small order, so that the agreement would not depend on the private key.
    case weakPublicKey
    /// An authentication tag does not fit the message: wrong key, wrong nonce, wrong associated data, or a changed message.
    case authenticationFailed
    /// A ciphertext is not a whole number of blocks, or its padding is wrong.
    case malformedCiphertext
    /// The cryptographic library failed although its input was well formed (out of memory).
    case libraryFailure
}
