import CryptoPrimitives
package import Model

/// Something about an earlier message that only those can read who have that message: a vote, a reaction, a comment, an edit.
package struct SealedChange: Sendable {
    package let use: MessageSecret.Use
    package let target: MessageReference
    let payload: [UInt8]
    let iv: [UInt8]

    init(_ use: MessageSecret.Use, _ target: MessageReference, payload: some Sequence<UInt8>, iv: some Sequence<UInt8>) {
        self.use = use
        self.target = target
        self.payload = Array(payload)
        self.iv = Array(iv)
    }
}

/// Encryption under the secret of a message. Source: protocol notes on messages, section 6; whatsmeow `msgsecret.go`.
package enum MessageSecret {
    /// What the encrypted bytes are; the protocol's own words.
    package enum Use: String, Sendable, CaseIterable {
        case pollVote = "Poll Vote"
        case reaction = "Enc Reaction"
        case comment = "Enc Comment"
        case eventResponse = "Event Response"
        case eventEdit = "Event Edit"
        case messageEdit = "Message Edit"

        /// The ciphertext is bound to who made it.
        var isBound: Bool { self == .pollVote || self == .eventResponse }
    }

    /// The IV's length in bytes, and the tag's.
    private static let ivBytes = 12
    private static let tagBytes = 16
    /// Bytes of the largest change; texts of edits are the longest.
    private static let maximumBytes = 1 << 20

    /// The plaintext; nil where the secret, or none of the names, fits.
    /// - Parameters:
    ///   - secret: of the message that it is about, 32 bytes.
    ///   - senders: names of who wrote that message, bare. Phones use the one that they saw, which may be either.
    ///   - changers: names of who made the change, bare.
    package static func open(_ change: SealedChange, secret: [UInt8], senders: [JID], changers: [JID]) -> [UInt8]? {
        guard change.iv.count == ivBytes, (tagBytes...maximumBytes).contains(change.payload.count), secret.count == 32 else { return nil }
        for sender in senders {
            for changer in changers {
                let (key, bound) = key(secret, change.target.messageID, sender, changer, change.use)
                if let plaintext = try? AESGCM.open(change.payload, key: key, nonce: change.iv, authenticating: bound) { return plaintext }
            }
        }
        return nil
    }

    /// - Parameter iv: 12 random bytes.
    package static func seal(
        _ plaintext: [UInt8], use: Use, messageID: String, secret: [UInt8], sender: JID, changer: JID, iv: [UInt8]
    ) throws(StanzaError) -> [UInt8] {
        let (key, bound) = key(secret, messageID, sender, changer, use)
        guard let sealed = try? AESGCM.seal(plaintext, key: key, nonce: iv, authenticating: bound) else { throw .unencodable }
        return sealed
    }

    static func key(
        _ secret: [UInt8], _ messageID: String, _ sender: JID, _ changer: JID, _ use: Use
    ) -> (key: [UInt8], bound: [UInt8]) {
        let changerText = changer.bare.description
        let info = Array((messageID + sender.bare.description + changerText + use.rawValue).utf8)
        let key = HKDF.sha256(secret, info: info, length: 32)
        return (key, use.isBound ? Array(messageID.utf8) + [0] + Array(changerText.utf8) : [])
    }
}
