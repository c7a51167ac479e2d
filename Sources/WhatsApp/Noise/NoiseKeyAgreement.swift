import Signal

extension KeyPair {
    /// The shared secret with a key that came in `message`.
    func agree(with peer: [UInt8], in message: NoiseError.Message) throws(NoiseError) -> [UInt8] {
        guard let key = PublicKey(raw: peer) else { throw .wrongKeyLength(message, bytes: peer.count) }
        do { return try agree(with: key) } catch { throw .weakKey(message) }
    }
}
