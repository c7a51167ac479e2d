/// Names and sizes of the handshake. Source: protocol notes on transport, section 3.
package enum NoiseProtocol {
    /// The only pattern in use: both static keys travel encrypted, three messages.
    package static let xx = "Noise_XX_25519_AESGCM_SHA256"
    /// Bytes of a hash, a chaining key and a symmetric key.
    package static let keyLength = 32
    /// How long the client waits for the server hello, in milliseconds.
    package static let handshakeTimeout: Int64 = 20_000
}
