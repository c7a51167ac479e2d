package import Model
package import Signal

/// A message to the own phone, for no person's eyes. Source: protocol notes on messages, section 10.
package struct PeerMessageStanza: Sendable {
    package var id: String
    /// The own account, by phone number.
    package var to: JID
    package var ciphertext: Ciphertext
    /// The full account blob.
    package var account: [UInt8]
    /// The phone is woken for it.
    package var isUrgent: Bool

    package init(id: String, to: JID, ciphertext: Ciphertext, account: [UInt8], isUrgent: Bool) {
        self.id = id
        self.to = to
        self.ciphertext = ciphertext
        self.account = account
        self.isUrgent = isUrgent
    }

    package var node: Node {
        var attributes: Attributes = ["id": .text(id), "to": .jid(to.bare), "type": "text", "category": "peer"]
        attributes["push_priority"] = isUrgent ? "high" : nil
        var children = [
            Node("meta", ["appdata": "default"]),
            Node("enc", ["v": "2", "type": .text(ciphertext.type.rawValue)], bytes: ciphertext.bytes),
        ]
        if ciphertext.type == .preKeyMessage { children.append(Node("device-identity", bytes: account)) }
        return Node("message", attributes, children)
    }
}
