package import Model
package import Signal

/// A message of ours to a group: once for all with our sender key, and the key itself for each device that does not have it yet.
///
/// The bytes of the finished stanza are kept until the ack. Source: protocol notes on messages, section 5.
package struct GroupMessageStanza: Sendable {
    package var id: String
    package var group: JID
    package var addressing: GroupAddressing
    package var kind: MessageStanzaKind
    /// The sender key, encrypted for each device that needs it; the device is named in the group's addressing.
    package var keys: [OutgoingMessageStanza.Copy]
    /// The message, encrypted with the sender key.
    package var message: Ciphertext
    /// All devices of all members, the sending one too, in the group's addressing.
    package var devices: [JID]
    /// The full account blob.
    package var account: [UInt8]

    package init(
        id: String, group: JID, addressing: GroupAddressing, kind: MessageStanzaKind, keys: [OutgoingMessageStanza.Copy], message: Ciphertext,
        devices: [JID], account: [UInt8]
    ) {
        self.id = id
        self.group = group
        self.addressing = addressing
        self.kind = kind
        self.keys = keys
        self.message = message
        self.devices = devices
        self.account = account
    }

    package var node: Node {
        var attributes: Attributes = [
            "id": .text(id), "to": .jid(group), "type": .text(kind.type), "phash": .text(ParticipantHash.make(devices)),
            "addressing_mode": .text(addressing.rawValue),
        ]
        attributes["edit"] = kind.edit.map { .text($0) }
        var children: [Node] = []
        if !keys.isEmpty { children.append(Node("participants", [:], keys.map(Self.node))) }
        if keys.contains(where: { $0.ciphertext.type == .preKeyMessage }) { children.append(Node("device-identity", bytes: account)) }
        var enc: Attributes = ["v": "2", "type": .text(message.type.rawValue)]
        kind.announce(on: &enc)
        children.append(Node("enc", enc, bytes: message.bytes))
        if let meta = kind.metaNode { children.append(meta) }
        return Node("message", attributes, children)
    }

    private static func node(of copy: OutgoingMessageStanza.Copy) -> Node {
        let enc = Node("enc", ["v": "2", "type": .text(copy.ciphertext.type.rawValue)], bytes: copy.ciphertext.bytes)
        return Node("to", ["jid": .jid(copy.device)], [enc])
    }
}
