import CryptoPrimitives
import FoundationEssentials
import Model
import Signal
import SwiftProtobuf
import Testing
import WAProto
import WhatsApp

@testable import Sandbox

/// Sending and receiving, written by hand: these stanzas are what the sandbox is measured with.
extension TestClient {
    func address(_ jid: JID) -> SignalAddress { SignalAddress(name: "\(jid.user)_1", deviceID: UInt32(jid.device)) }

    /// Asks for the LID devices of a user.
    func devices(of user: JID) throws -> [JID] {
        let list = Node("list", [:], [Node("user", ["jid": .jid(user)])])
        let usync = Node(
            "usync", ["sid": "s", "mode": "query", "context": "message", "last": "true", "index": "0"],
            [Node("query", [:], [Node("devices", ["version": "2"]), Node("lid")]), list])
        let answer = try query("usync", "get", [usync])
        let found = try #require(answer.child("usync")?.child("list")?.child("user"))
        let lid = try #require(found.child("lid")?.jid("val"))
        let devices = found.child("devices")?.child("device-list")?.children("device") ?? []
        return devices.compactMap { $0.uint("id").map { lid.withDevice(UInt16($0)) } }
    }

    /// Starts sessions where there are none yet.
    func startSessions(with devices: [JID]) throws {
        let missing = try devices.filter { try !SessionCipher.hasSession(for: address($0), in: store) }
        guard !missing.isEmpty else { return }
        let answer = try query("encrypt", "get", [Node("key", [:], missing.map { Node("user", ["jid": .jid($0)]) })])
        for user in answer.child("list")?.children("user") ?? [] {
            let jid = try #require(user.jid("jid"))
            _ = try SessionCipher.startSession(with: try Self.bundle(user), address: address(jid), in: &store, using: &rng)
        }
    }

    static func bundle(_ user: Node) throws -> PreKeyBundle {
        let skey = try #require(user.child("skey"))
        let key = user.child("key")
        return PreKeyBundle(
            registrationID: try #require(UInt32(bigEndian: user.child("registration")?.bytes ?? [], count: 4)),
            identity: try #require(PublicKey(raw: user.child("identity")?.bytes ?? [])),
            signedPreKeyID: try #require(UInt32(bigEndian: skey.child("id")?.bytes ?? [], count: 3)),
            signedPreKey: try #require(PublicKey(raw: skey.child("value")?.bytes ?? [])),
            signedPreKeySignature: try #require(skey.child("signature")?.bytes),
            preKey: try key.map {
                (
                    id: try #require(UInt32(bigEndian: $0.child("id")?.bytes ?? [], count: 3)),
                    key: try #require(PublicKey(raw: $0.child("value")?.bytes ?? []))
                )
            })
    }

    func encrypt(_ message: WAMessage, to device: JID) throws -> Node {
        let plaintext: [UInt8] = try message.serializedBytes()
        let ciphertext = try SessionCipher.encrypt(MessagePadding.pad(plaintext, using: &rng), to: address(device), in: &store)
        return Node("enc", ["v": "2", "type": .text(ciphertext.type.rawValue)], bytes: ciphertext.bytes)
    }

    private func senderKeyName(_ chat: JID) throws -> SenderKeyName {
        SenderKeyName(group: chat.description, sender: address(try #require(lid)))
    }

    /// Hands out the own sender key of a group or of status updates.
    func senderKey(for chat: JID) throws -> WAMessage {
        var key = WAMessage()
        key.senderKeyDistributionMessage.groupID = chat.description
        key.senderKeyDistributionMessage.axolotlSenderKeyDistributionMessage = Data(
            try GroupCipher.distribution(for: senderKeyName(chat), in: &store, using: &rng))
        return key
    }

    /// A text with the own sender key.
    func encrypt(_ text: String, forAllOf chat: JID) throws -> Node {
        var message = WAMessage()
        message.conversation = text
        let plaintext: [UInt8] = try message.serializedBytes()
        let padded = MessagePadding.pad(plaintext, using: &rng)
        let ciphertext = try GroupCipher.encrypt(padded, as: senderKeyName(chat), in: &store, using: &rng)
        return Node("enc", ["v": "2", "type": "skmsg"], bytes: ciphertext.bytes)
    }

    /// A complete message to a number, ready to send.
    func compose(_ text: String, id: String, to number: String) throws -> Node {
        let own = try #require(lid)
        let theirs = try devices(of: JID(user: number, server: .phoneNumber))
        let chat = try #require(theirs.first).bare
        let all = theirs + (try devices(of: own.bare)).filter { $0 != own }
        try startSessions(with: all)
        var message = WAMessage()
        message.conversation = text
        var outer = WAMessage()
        outer.deviceSentMessage.destinationJid = chat.description
        outer.deviceSentMessage.message = message
        let copies = try all.map { device in
            Node("to", ["jid": .jid(device)], [try encrypt(device.user == own.user ? outer : message, to: device)])
        }
        return Node(
            "message",
            ["id": .text(id), "to": .jid(chat), "type": "text", "peer_recipient_pn": .jid(JID(user: number, server: .phoneNumber))],
            [Node("participants", [:], copies), Node("device-identity", bytes: account)])
    }

    /// Sends and takes the service's acknowledgement.
    func sendMessage(_ stanza: Node) throws -> Node {
        try send(stanza)
        return try take("ack") { $0.string("id") == stanza.string("id") && $0.string("class") == "message" }
    }

    func decrypt(_ stanza: Node) throws -> WAMessage {
        let enc = try #require(stanza.child("enc"))
        let type = try #require(CiphertextType(rawValue: enc.string("type") ?? ""))
        let sender = try #require(stanza.jid("from"))
        let result = try SessionCipher.decrypt(
            Ciphertext(type: type, bytes: enc.bytes ?? []), from: address(sender), in: &store, using: &rng)
        return try WAMessage(serializedBytes: MessagePadding.unpad(result.plaintext))
    }

    /// The delivery receipt for a message, of the right form.
    func receipt(for stanza: Node) -> Node {
        var receipt = Node("receipt", [:])
        receipt["id"] = stanza["id"]
        receipt["to"] = stanza["from"]
        receipt["recipient"] = stanza["recipient"]
        if stanza["recipient"] != nil { receipt["type"] = "sender" }
        if stanza.string("category") == "peer" { receipt["type"] = "peer_msg" }
        return receipt
    }

    /// The acknowledgement of a notification, receipt or call.
    func ack(_ stanza: Node) -> Node {
        var ack = Node("ack", ["class": .text(stanza.tag)])
        ack["to"] = stanza["from"]
        for name in ["id", "type", "participant", "recipient"] { ack[name] = stanza[name] }
        return ack
    }

    /// Asks for a message again, without keys.
    func retry(of stanza: Node, count: Int) -> Node {
        var receipt = Node("receipt", ["type": "retry"])
        receipt["id"] = stanza["id"]
        receipt["to"] = stanza["from"]
        var retry = Node("retry", ["count": .text("\(count)"), "v": "1"])
        for name in ["id", "t"] { retry[name] = stanza[name] }
        receipt.content = .nodes([retry, Node("registration", bytes: UInt32(4_711).bigEndianBytes(4))])
        return receipt
    }

    /// Acknowledges whatever is in the inbox, as a good client does.
    func settle() throws {
        while let stanza = inbox.first {
            inbox.removeFirst()
            switch stanza.tag {
            case "message":
                _ = try decrypt(stanza)
                try send(receipt(for: stanza))
            case "notification", "receipt", "call": try send(ack(stanza))
            default: break
            }
        }
    }
}
