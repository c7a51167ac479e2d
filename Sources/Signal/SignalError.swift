package import CryptoPrimitives

/// Why a step of the Signal protocol was refused. The cases carry numbers, never content.
package enum SignalError: Error, Hashable, Sendable {
    /// There is no session with this address, or the one that stands belongs to an identity that has been replaced:
    /// fetch a pre-key bundle (sending) or ask for a retry (receiving).
    case noSession
    /// The message authentication code fits no session: ask for a retry.
    case badMAC
    /// A message with this counter was decrypted before: acknowledge it, ask for nothing.
    case duplicateMessage(counter: UInt32)
    /// The message is this many steps ahead of its chain, more than `SignalLimits.forwardJump`: ask for a retry.
    case tooFarAhead(steps: UInt32)
    /// A pre-key message names a one-time pre-key that is not (or no longer) here: ask for a retry with keys.
    case unknownPreKey(id: UInt32)
    /// A pre-key message names a signed pre-key that is not here: ask for a retry with keys.
    case unknownSignedPreKey(id: UInt32)
    /// There is no sender key with this id for the group and sender: ask for a retry.
    case unknownSenderKey(id: UInt32)
    /// There is no sender key at all for the group and sender: ask for a retry, or distribute one before sending.
    case noSenderKey
    /// The version in the first byte is not 3.
    case unsupportedVersion(UInt8)
    /// The message cannot be read: truncated, a field missing or of the wrong length, or not of the kind it came as.
    case invalidMessage
    /// A public or private key has the wrong length or is a point of small order.
    case invalidKey
    /// A signed pre-key or a group message does not carry its owner's signature.
    case badSignature
    /// The padding is wrong: last byte 0, longer than the message, or bytes that differ.
    case invalidPadding
    /// A stored record cannot be read: treat it as absent and let a retry rebuild it.
    case corruptRecord
    /// A chain has used up its 32-bit counter.
    case chainExhausted
    /// The cryptographic library failed on well-formed input.
    case cryptography(CryptoError)
}
