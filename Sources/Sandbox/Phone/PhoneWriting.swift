import CryptoPrimitives
import FoundationEssentials
import Model
import Signal
import SwiftProtobuf
import WAProto
import WhatsApp

/// What a phone sends. Source: protocol notes on messages, sections 3, 8, 9 and 10.
extension Phone {
    /// A message for every device of both sides; sessions with all of them must exist.
    mutating func compose(
        _ content: WAMessage, id: String, to chat: JID, devices: [JID], using rng: inout some RandomNumberGenerator
    ) throws(Refusal) -> Node {
        var message = content
        message.messageContextInfo.messageSecret = Data(Random.bytes(32, using: &rng))
        outbox.insert(id, PhoneOutbox.Entry(chat: chat, message: message))
        var copies: [Node] = []
        for device in devices {
            let content = device.user == lid ? Self.deviceSent(message, to: chat) : message
            copies.append(Node("to", ["jid": .jid(device)], [Self.announced(try encrypt(content, for: device, using: &rng), message)]))
        }
        return Node("message", ["id": .text(id), "to": .jid(chat), "type": .text(message.stanzaKind.type)], [Node("participants", [:], copies)])
    }

    /// Another copy for a device that could not read the first.
    mutating func composeAgain(
        _ id: String, for device: JID, count: UInt64, using rng: inout some RandomNumberGenerator
    ) throws(Refusal) -> Node {
        guard let entry = outbox[id] else { throw .receipt("retry of \(id), which this phone did not send") }
        let isOwn = device.user == lid
        var enc = try encrypt(isOwn ? Self.deviceSent(entry.message, to: entry.chat) : entry.message, for: device, using: &rng)
        enc = Self.announced(enc, entry.message)
        enc["count"] = .text("\(count)")
        var stanza = Node(
            "message", ["id": .text(id), "to": .jid(device), "type": .text(entry.message.stanzaKind.type), "device_fanout": "false"], [enc])
        if isOwn { stanza["recipient"] = .jid(entry.chat) }
        return stanza
    }

    /// With the kind of file that is inside, as the service wants to know it.
    static func announced(_ enc: Node, _ message: WAMessage) -> Node {
        var enc = enc
        enc["mediatype"] = message.stanzaKind.mediaType.map { .text($0) }
        return enc
    }

    /// A message between own devices.
    mutating func composePeer(
        _ message: WAMessage, id: String, to device: JID, using rng: inout some RandomNumberGenerator
    ) throws(Refusal) -> Node {
        Node(
            "message", ["id": .text(id), "to": .jid(device), "type": "text", "category": "peer"],
            [Node("meta", ["appdata": "default"]), try encrypt(message, for: device, using: &rng)])
    }

    /// The receipt of a message that was read; `recipient` marks copies of own messages.
    func deliveryReceipt(for stanza: Node) -> Node {
        var receipt = Node("receipt", ["type": stanza["recipient"] == nil ? "" : "sender"])
        if stanza["recipient"] == nil { receipt["type"] = nil }
        if stanza.string("category") == "peer" { receipt["type"] = "peer_msg" }
        receipt["id"] = stanza["id"]
        receipt["to"] = stanza["from"]
        receipt["recipient"] = stanza["recipient"]
        return receipt
    }

    /// Asks the sending device for another copy; with fresh keys from the second time on.
    mutating func retryReceipt(for stanza: Node, count: Int, using rng: inout some RandomNumberGenerator) -> Node {
        var receipt = Node("receipt", ["type": "retry"])
        for (name, source) in [("id", "id"), ("to", "from"), ("recipient", "recipient")] { receipt[name] = stanza[source] }
        var children = [
            Node("retry", ["count": .text("\(count)"), "v": "1"]), Node("registration", bytes: store.localRegistrationID.bigEndianBytes(4)),
        ]
        children[0]["id"] = stanza["id"]
        children[0]["t"] = stanza["t"]
        if count >= 2 { children.append(retryKeys(using: &rng)) }
        receipt.content = .nodes(children)
        return receipt
    }

    private mutating func retryKeys(using rng: inout some RandomNumberGenerator) -> Node {
        var children = [Node("type", bytes: [5]), Node("identity", bytes: identity.publicKey.bytes)]
        for key in store.addPreKeys(1, using: &rng) {
            children.append(
                Node("key", [:], [Node("id", bytes: key.id.bigEndianBytes(3)), Node("value", bytes: key.keyPair.publicKey.bytes)]))
        }
        if let signed = store.signedPreKeys.values.first {
            let value = Node("value", bytes: signed.keyPair.publicKey.bytes)
            children.append(
                Node("skey", [:], [Node("id", bytes: signed.id.bigEndianBytes(3)), value, Node("signature", bytes: signed.signature)]))
        }
        return Node("keys", [:], children)
    }

    private static func deviceSent(_ message: WAMessage, to chat: JID) -> WAMessage {
        var outer = WAMessage()
        outer.deviceSentMessage.destinationJid = chat.description
        outer.deviceSentMessage.message = message
        outer.messageContextInfo = message.messageContextInfo
        return outer
    }

    mutating func encrypt(
        _ message: WAMessage, for device: JID, using rng: inout some RandomNumberGenerator
    ) throws(Refusal) -> Node {
        do {
            let plaintext: [UInt8] = try message.serializedBytes()
            let padded = MessagePadding.pad(plaintext, using: &rng)
            let ciphertext = try SessionCipher.encrypt(padded, to: Self.signalAddress(device), in: &store)
            return Node("enc", ["v": "2", "type": .text(ciphertext.type.rawValue)], bytes: ciphertext.bytes)
        } catch {
            throw .unreadable("can not encrypt for \(device): \(error)")
        }
    }
}
