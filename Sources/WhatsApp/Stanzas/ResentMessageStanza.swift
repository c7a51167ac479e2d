package import Model
package import Signal

/// A message of ours for one device alone: because it asked for it again, or because it was left out at first.
///
/// Source: protocol notes on messages, section 9; whatsmeow `retry.go`.
package struct ResentMessageStanza: Sendable {
    package var id: String
    /// Where it goes: `to`, and what else of the request's attributes is echoed.
    package var destination: Attributes
    /// Seconds, as the request named them.
    package var timestamp: String?
    /// Which request of the device this answers; nil where it did not ask.
    package var count: Int?
    package var kind: MessageStanzaKind
    package var ciphertext: Ciphertext
    /// The full account blob: proves this device to a receiver who starts a session with it.
    package var account: [UInt8]

    package init(
        id: String, destination: Attributes, timestamp: String?, count: Int?, kind: MessageStanzaKind, ciphertext: Ciphertext,
        account: [UInt8]
    ) {
        self.id = id
        self.destination = destination
        self.timestamp = timestamp
        self.count = count
        self.kind = kind
        self.ciphertext = ciphertext
        self.account = account
    }

    /// The answer to a retry receipt goes where that came from.
    package static func destination(answering receipt: Node) -> Attributes {
        var attributes: Attributes = [:]
        attributes["to"] = receipt.attributes["from"]
        for name in ["participant", "recipient", "edit"] { attributes[name] = receipt.attributes[name] }
        return attributes
    }

    /// A device that was left out. `chat` is named where the device is one of our own, which could not know it otherwise.
    package static func destination(device: JID, chat: JID?) -> Attributes {
        var attributes: Attributes = ["to": .jid(device)]
        attributes["recipient"] = chat.map { .jid($0.bare) }
        return attributes
    }

    package var node: Node {
        var attributes = destination
        attributes["id"] = .text(id)
        attributes["type"] = .text(kind.type)
        if attributes["edit"] == nil { attributes["edit"] = kind.edit.map { .text($0) } }
        attributes["t"] = timestamp.map { .text($0) }
        // Outside of groups the service would otherwise expect copies for all devices.
        if destination["to"]?.jid?.isPerson == true { attributes["device_fanout"] = "false" }
        var part: Attributes = ["v": "2", "type": .text(ciphertext.type.rawValue)]
        part["count"] = count.map { .text(String($0)) }
        kind.announce(on: &part)
        var children = [Node("enc", part, bytes: ciphertext.bytes)]
        if ciphertext.type == .preKeyMessage { children.append(Node("device-identity", bytes: account)) }
        if let meta = kind.metaNode { children.append(meta) }
        return Node("message", attributes, children)
    }
}
