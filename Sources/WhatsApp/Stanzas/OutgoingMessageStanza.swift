package import Model
package import Signal

/// A message of ours to one person, encrypted once for each device of theirs and of the own account.
///
/// The bytes of the finished stanza are kept until the ack, so that sending again after a reconnect sends the same.
/// Source: protocol notes on messages, section 3.
package struct OutgoingMessageStanza: Sendable {
    /// The message for one device.
    package struct Copy: Sendable {
        package let device: JID
        package let ciphertext: Ciphertext

        package init(device: JID, ciphertext: Ciphertext) {
            self.device = device
            self.ciphertext = ciphertext
        }
    }

    package var id: String
    /// Bare; the LID where it is known.
    package var to: JID
    /// The phone number that belongs to a LID in ``to``.
    package var phoneNumber: JID?
    package var kind: MessageStanzaKind
    package var copies: [Copy]
    /// The full account blob: proves this device to receivers who start a session with it.
    package var account: [UInt8]
    /// Shows that the receiver knows the account.
    package var token: PrivacyToken?

    package init(id: String, to: JID, phoneNumber: JID?, kind: MessageStanzaKind, copies: [Copy], account: [UInt8]) {
        self.id = id
        self.to = to
        self.phoneNumber = phoneNumber
        self.kind = kind
        self.copies = copies
        self.account = account
    }

    package var node: Node {
        var attributes: Attributes = ["id": .text(id), "to": .jid(to), "type": .text(kind.type)]
        if to.isLID, let phoneNumber { attributes["peer_recipient_pn"] = .jid(phoneNumber.bare) }
        var children = [Node("participants", [:], copies.map(node(of:)))]
        if copies.contains(where: { $0.ciphertext.type == .preKeyMessage }) {
            children.append(Node("device-identity", bytes: account))
        }
        if let token { children.append(token.node) }
        return Node("message", attributes, children)
    }

    private func node(of copy: Copy) -> Node {
        var attributes: Attributes = ["v": "2", "type": .text(copy.ciphertext.type.rawValue)]
        attributes["mediatype"] = kind.mediaType.map { .text($0) }
        return Node("to", ["jid": .jid(copy.device)], [Node("enc", attributes, bytes: copy.ciphertext.bytes)])
    }
}

/// How a message is announced to the service, which cannot read it. Source: protocol notes on messages, section 4.
package struct MessageStanzaKind: Equatable, Sendable {
    package let type: String
    /// Must be there with type "media": the service drops such messages without it.
    package let mediaType: String?

    package static let text = MessageStanzaKind(type: "text", mediaType: nil)
    /// - Parameter type: `image`, `video`, `audio`, `ptt`, `document`.
    package static func media(_ type: String) -> MessageStanzaKind { MessageStanzaKind(type: "media", mediaType: type) }
}
