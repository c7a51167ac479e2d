extension SessionRecord {
    /// Decrypts in the session that the message belongs to: the current one, else an archived one, newest first.
    ///
    /// An archived session that succeeds becomes the current one, because the other side uses it; but not where its
    /// identity is no longer `identity`: then the message was merely late, and the session stays where it is.
    /// On failure the record is unchanged.
    /// - Throws: `noSession`, or the most telling error of those that the sessions gave.
    mutating func decrypt(
        _ message: SignalMessage, identity: PublicKey?, using rng: inout some RandomNumberGenerator
    ) throws(SignalError) -> (plaintext: [UInt8], session: SessionState) {
        var failure: SignalError?
        for position in (current == nil ? 0 : -1)..<archived.count {
            guard var session = position < 0 ? current : archived[position] else { continue }
            do throws(SignalError) {
                let plaintext = try session.decrypt(message, using: &rng)
                replace(position, with: session, identity: identity)
                return (plaintext, session)
            } catch .duplicateMessage(let counter) {
                // Only the session that holds this ratchet key can say so: no other one will know better.
                throw .duplicateMessage(counter: counter)
            } catch {
                if failure == nil || failure == .badMAC { failure = error }
            }
        }
        throw failure ?? .noSession
    }

    /// The session that a pre-key message with this base key made.
    func session(baseKey: PublicKey) -> SessionState? {
        if let current, current.baseKey == baseKey { return current }
        return archived.first { $0.baseKey == baseKey }
    }

    private mutating func replace(_ position: Int, with session: SessionState, identity: PublicKey?) {
        if position < 0 {
            current = session
        } else if let identity, identity != session.remoteIdentity {
            archived[position] = session
        } else {
            archived.remove(at: position)
            begin(session)
        }
    }
}
