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
        attributes["edit"] = kind.edit.map { .text($0) }
        if to.isLID, let phoneNumber { attributes["peer_recipient_pn"] = .jid(phoneNumber.bare) }
        var children = [Node("participants", [:], copies.map(node(of:)))]
        if copies.contains(where: { $0.ciphertext.type == .preKeyMessage }) {
            children.append(Node("device-identity", bytes: account))
        }
        if let token { children.append(token.node) }
        if let meta = kind.metaNode { children.append(meta) }
        return Node("message", attributes, children)
    }

    private func node(of copy: Copy) -> Node {
        var attributes: Attributes = ["v": "2", "type": .text(copy.ciphertext.type.rawValue)]
        kind.announce(on: &attributes)
        return Node("to", ["jid": .jid(copy.device)], [Node("enc", attributes, bytes: copy.ciphertext.bytes)])
    }
}

/// How a message is announced to the service, which cannot read it. Source: protocol notes on messages, section 4.
package struct MessageStanzaKind: Equatable, Sendable {
    package let type: String
    /// Must be there with type "media": the service drops such messages without it.
    package let mediaType: String?
    /// What of an earlier message is changed: 1 its text, 7 taken back (or a reaction is), 8 taken back by an admin.
    package var edit: String?
    /// A device that cannot read it shows nothing in its place.
    package var hidesFailure = false
    /// Attributes of `<meta>`.
    package var meta: Attributes

    package init(type: String, mediaType: String? = nil, meta: Attributes = [:]) {
        self.type = type
        self.mediaType = mediaType
        self.meta = meta
    }

    package static let text = MessageStanzaKind(type: "text")
    /// - Parameter type: `image`, `video`, `audio`, `ptt`, `document`.
    package static func media(_ type: String) -> MessageStanzaKind { MessageStanzaKind(type: "media", mediaType: type) }

    /// What is said on the `<enc>` of the content.
    func announce(on attributes: inout Attributes) {
        attributes["mediatype"] = mediaType.map { .text($0) }
        if hidesFailure { attributes["decrypt-fail"] = "hide" }
    }

    var metaNode: Node? { meta.isEmpty ? nil : Node("meta", meta) }
}
