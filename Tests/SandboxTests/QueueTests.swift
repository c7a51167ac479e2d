import Model
import Signal
import SwiftProtobuf
import Testing
import WAProto
import WhatsApp

@testable import Sandbox

@Suite("Delivery, acknowledgements and retries")
struct QueueTests {
    let network: Network
    let client: TestClient
    let address = DeviceAddress(number: "96890000001", device: 1)

    init() throws {
        network = try Network()
        try network.addPhone("96890000001")
        try network.addPhone("96890000002")
        client = TestClient(network)
        try client.pair(with: "96890000001")
        try client.settle()
    }

    private func phoneSends(_ text: String = "hello") throws -> String {
        try network.change { world, now in try world.send(text, from: "96890000002", to: "96890000001", now: now) }
    }

    private var open: [String] { network.world.service[address]?.queue.entries.map(\.id) ?? [] }
    private var openMessages: [String] {
        network.world.service[address]?.queue.entries.filter { $0.stanza.tag == "message" }.map(\.id) ?? []
    }

    @Test func anUnansweredMessageIsNamedAndComesAgain() throws {
        let id = try phoneSends()
        let first = try client.take("message")
        #expect(first["offline"] == nil)
        network.advance(seconds: 21)
        network.advance(seconds: 21)
        #expect(network.missingAcks.count { $0.contains("missing") && $0.contains(id) } == 1)
        client.disconnect()
        try client.login()
        _ = try client.take("success")
        #expect(client.inbox.isEmpty)
        try client.becomeActive()
        #expect(try client.take("ib").child("offline_preview")?.string("message") == "1")
        let again = try client.take("message")
        #expect(again["offline"] != nil)
        #expect(again.child("enc") == first.child("enc"))
        try client.send(client.receipt(for: again))
        #expect(try client.take("ib").child("offline")?.string("count") == "1")
        #expect(open == [])
    }

    @Test func theOfflineQueueKeepsItsOrderAndFlowsInBatches() throws {
        client.disconnect()
        let ids = try (0..<50).map { try phoneSends("number \($0)") }
        try client.login()
        try client.becomeActive()
        var arrived = client.inbox.filter { $0.tag == "message" }
        #expect(arrived.count == network.world.service.settings.offlineWindow)
        try client.send(Node("ib", [:], [Node("offline_batch", ["count": "10"])]))
        arrived = client.inbox.filter { $0.tag == "message" }
        #expect(arrived.count == network.world.service.settings.offlineWindow + 10)
        // A live message must not overtake the queue.
        let live = try phoneSends("live")
        var order: [String] = []
        while client.inbox.contains(where: { $0.tag == "message" }) {
            let message = try client.take("message")
            order.append(message.string("id") ?? "")
            _ = try client.decrypt(message)
            try client.send(client.receipt(for: message))
        }
        #expect(order == ids + [live])
        #expect(client.inbox.contains { $0.child("offline")?.string("count") == "50" })
        #expect(open == [])
        #expect(network.refused == [])
    }

    @Test(arguments: ReceiptMistake.allCases)
    func aReceiptOfTheWrongFormDoesNotCount(_ mistake: ReceiptMistake) throws {
        let id = try phoneSends()
        let message = try client.take("message")
        var receipt = client.receipt(for: message)
        mistake.apply(&receipt)
        try client.send(receipt)
        #expect(open == [id])
        #expect(network.refused.count == 1)
        // The service takes it all the same: only its effect is missing.
        #expect(try client.take("ack").string("class") == "receipt")
    }

    @Test func aMessageIsNotAcknowledgedByAnAck() throws {
        let id = try phoneSends()
        let message = try client.take("message")
        try client.send(Node("ack", ["class": "message", "id": .text(id), "to": message["from"] ?? ""]))
        #expect(open == [id])
        // A request to send it again may be on its way.
        #expect(network.refused == [])
        network.advance(seconds: 21)
        #expect(network.refused == ["acknowledgement: message \(id) wants a receipt, not an ack"])
        #expect(network.missingAcks == [])
        try client.send(Node("ack", ["class": "message", "id": .text(id), "to": message["from"] ?? ""]))
        #expect(network.refused.last == "acknowledgement: message \(id) was acknowledged twice")
        try client.send(Node("ack", ["class": "message", "id": .text(id), "to": message["from"] ?? "", "error": "491"]))
        #expect(open == [])
    }

    /// whatsmeow sends its ack and its retry receipt from two threads.
    @Test func anAckMayComeBeforeTheRequestToSendAgain() throws {
        let id = try phoneSends()
        let message = try client.take("message")
        try client.send(client.ack(message))
        #expect(open == [id])
        try client.send(client.retry(of: message, count: 1))
        let again = try client.take("message")
        #expect(openMessages == [id])
        try client.send(client.receipt(for: again))
        network.advance(seconds: 30)
        #expect(open == [] && network.refused == [] && network.missingAcks == [])
    }

    /// A client that has asked five times gives up: nothing but an ack is left to say.
    @Test func theLastCopyIsClosedByAnAck() throws {
        let id = try phoneSends()
        var message = try client.take("message")
        for count in 1...5 {
            try client.send(client.retry(of: message, count: count))
            try client.send(client.ack(message))
            message = try client.take("message")
            #expect(message.child("enc")?.string("count") == "\(count)")
        }
        #expect(openMessages == [id])
        try client.send(client.ack(message))
        network.advance(seconds: 30)
        #expect(open == [] && network.refused == [] && network.missingAcks == [])
    }

    @Test func anAnswerGivenTwiceIsNamed() throws {
        _ = try phoneSends()
        let message = try client.take("message")
        try client.send(client.receipt(for: message))
        try client.send(client.receipt(for: message))
        #expect(network.refused.contains { $0.contains("came twice") })
    }

    @Test func copiesOfOwnMessagesWantTypeSender() throws {
        let id = try network.change { world, now in try world.send("mine", from: "96890000001", to: "96890000002", now: now) }
        let copy = try client.take("message")
        var plain = client.receipt(for: copy)
        plain["type"] = nil
        try client.send(plain)
        #expect(openMessages == [id])
        var without = client.receipt(for: copy)
        without["recipient"] = nil
        try client.send(without)
        #expect(openMessages == [id])
        try client.send(client.receipt(for: copy))
        #expect(openMessages == [])
        #expect(network.refused.count == 2)
    }

    @Test func notificationsWantTheirTypeBack() throws {
        _ = try client.devices(of: JID(user: "96890000002", server: .phoneNumber))
        try TestClient(network, seed: 60).pair(with: "96890000002")
        let notification = try client.take("notification")
        var ack = client.ack(notification)
        ack["type"] = nil
        try client.send(ack)
        #expect(network.refused.contains { $0.contains("type is not echoed") })
        #expect(open.contains(notification.string("id") ?? "?"))
        try client.send(client.ack(notification))
        #expect(!open.contains(notification.string("id") ?? "?"))
        try client.send(client.ack(notification))
        #expect(network.refused.contains { $0.contains("acknowledged twice") })
    }

    @Test func aRetryIsServedByThePhone() throws {
        let id = try phoneSends("can you read this?")
        let message = try client.take("message")
        // It could not: as if the session had been lost.
        client.store = PhoneStore(identity: client.identity, registrationID: 4_711, signedPreKey: client.signedPreKey)
        var retry = Node("receipt", ["id": .text(id), "type": "retry"])
        retry["to"] = message["from"]
        let key = try #require(client.freshKey(5_000))
        retry.content = .nodes([
            Node("retry", ["count": "1", "id": .text(id), "t": message["t"] ?? "", "v": "1"]),
            Node("registration", bytes: UInt32(4_711).bigEndianBytes(4)), client.retryKeys(key),
        ])
        try client.send(retry)
        let again = try client.take("message")
        #expect(again.string("id") == id)
        #expect(again.child("enc")?.string("type") == "pkmsg")
        #expect(again.child("enc")?.string("count") == "1")
        let plaintext = try client.decrypt(again, with: key)
        #expect(plaintext.conversation == "can you read this?")
        try client.send(client.ack(message))
        try client.send(client.receipt(for: again))
        #expect(open == [])
        #expect(network.refused == [])
        network.advance(seconds: 30)
        #expect(network.missingAcks == [])
    }

    @Test func aPhoneAsksForWhatItCanNotRead() throws {
        var stanza = try client.compose("garbled", id: "3EB0F1", to: "96890000002")
        // The padding is inside: only the phone can see that it is wrong. A flipped MAC is the same to it.
        var copies = stanza.child("participants")?.children ?? []
        let index = try #require(copies.firstIndex { $0.jid("jid")?.user != client.lid?.user })
        var enc = copies[index].children[0]
        var bytes = try #require(enc.bytes)
        bytes[bytes.count - 10] ^= 1
        enc.content = .bytes(bytes)
        copies[index].content = .nodes([enc])
        stanza.content = .nodes([Node("participants", [:], copies)] + stanza.children.filter { $0.tag != "participants" })
        #expect(try client.sendMessage(stanza).string("error") == nil)
        let retry = try client.take("receipt") { $0.string("type") == "retry" }
        #expect(retry.child("retry")?.string("count") == "1")
        #expect(network.refused.contains { $0.hasPrefix("unreadable: 3EB0F1") })
        try client.send(client.ack(retry))
        // The client sends one copy to that phone alone.
        let phone = try #require(retry.jid("from"))
        var message = WAMessage()
        message.conversation = "readable"
        var second = try client.encrypt(message, to: phone)
        second["count"] = "1"
        let resent = Node(
            "message", ["id": "3EB0F1", "to": .jid(phone), "type": "text", "device_fanout": "false"],
            [second, Node("device-identity", bytes: client.account)])
        #expect(try client.sendMessage(resent).string("error") == nil)
        #expect(network.world["96890000002"]?.messages.last?.text == "readable")
    }

    /// Whoever has not heard of the new keys is no wrongdoer: the service relays, and the phone asks.
    @Test func aFirstMessageToThePhoneOfBefore() throws {
        let stanza = try client.compose("to the old phone", id: "3EB0F2", to: "96890000002")
        try network.change { world, now in try world.reinstall("96890000002", now: now) }
        #expect(try client.sendMessage(stanza).string("error") == nil)
        let retry = try client.take("receipt") { $0.string("type") == "retry" }
        #expect(retry.string("id") == "3EB0F2" && retry.child("retry")?.string("count") == "1")
        #expect(network.refused.allSatisfy { $0.hasPrefix("unreadable: 3EB0F2") })
    }

    @Test func badRetries() throws {
        let id = try phoneSends()
        let message = try client.take("message")
        func send(_ children: [Node]) throws {
            var retry = Node("receipt", ["id": .text(id), "type": "retry"], children)
            retry["to"] = message["from"]
            try client.send(retry)
        }
        let registration = Node("registration", bytes: [0, 0, 0x12, 0x67])
        try send([])
        try send([Node("retry", ["count": "6", "id": .text(id), "t": "1", "v": "1"]), registration])
        try send([Node("retry", ["count": "1", "id": "other", "t": "1", "v": "1"]), registration])
        try send([Node("retry", ["count": "1", "id": .text(id), "t": "1", "v": "1"])])
        try send([
            Node("retry", ["count": "1", "id": .text(id), "t": "1", "v": "1"]), registration, Node("keys", [:], [Node("type", bytes: [5])]),
        ])
        #expect(network.refused.count == 5)
        #expect(!client.inbox.contains { $0.tag == "message" })
    }

    @Test func goodbyes() throws {
        let goodbye = try #require(Goodbye("503"))
        _ = network.change { world, _ in world.service.disconnect(address, goodbye) }
        #expect(try client.take("stream:error").string("code") == "503")
        network.advance(seconds: 1)
        #expect(client.isClosed)
        #expect(Goodbye("nonsense") == nil)
        #expect(Goodbye("99999") == nil)
    }
}

/// What clients get wrong in a delivery receipt.
enum ReceiptMistake: CaseIterable, Sendable {
    case withoutDevice, typeSender, unknownType, noReceiver, otherID

    func apply(_ receipt: inout Node) {
        switch self {
        case .withoutDevice: receipt["to"] = .jid((receipt.jid("to") ?? .service).withDevice(9))
        case .typeSender: receipt["type"] = "sender"
        case .unknownType: receipt["type"] = "whatever"
        case .noReceiver: receipt["to"] = nil
        case .otherID: receipt["id"] = "unknown"
        }
    }
}

extension TestClient {
    func freshKey(_ id: UInt32) -> PreKey? { PreKey.generate(id: id, using: &rng) }

    func retryKeys(_ key: PreKey) -> Node {
        Node(
            "keys", [:],
            [
                Node("type", bytes: [5]), Node("identity", bytes: identity.publicKey.bytes),
                Node("key", [:], [Node("id", bytes: key.id.bigEndianBytes(3)), Node("value", bytes: key.keyPair.publicKey.bytes)]),
                Node(
                    "skey", [:],
                    [
                        Node("id", bytes: signedPreKey.id.bigEndianBytes(3)), Node("value", bytes: signedPreKey.keyPair.publicKey.bytes),
                        Node("signature", bytes: signedPreKey.signature),
                    ]),
                Node("device-identity", bytes: account),
            ])
    }

    /// Decrypts with a one-time key that the store does not hold.
    func decrypt(_ stanza: Node, with key: PreKey) throws -> WAMessage {
        var extended = ExtendedStore(store: store, extra: key)
        let enc = try #require(stanza.child("enc"))
        let sender = try #require(stanza.jid("from"))
        let ciphertext = Ciphertext(type: try #require(CiphertextType(rawValue: enc.string("type") ?? "")), bytes: enc.bytes ?? [])
        let result = try SessionCipher.decrypt(ciphertext, from: address(sender), in: &extended, using: &rng)
        store = extended.store
        return try WAMessage(serializedBytes: MessagePadding.unpad(result.plaintext))
    }
}

/// A store with one more pre-key, as a client keeps it for a retry.
private struct ExtendedStore: SignalStore {
    var store: PhoneStore
    let extra: PreKey

    var localIdentity: KeyPair { store.localIdentity }
    var localRegistrationID: UInt32 { store.localRegistrationID }
    func sessionRecord(for address: SignalAddress) throws -> SessionRecord? { try store.sessionRecord(for: address) }
    mutating func saveSessionRecord(_ record: SessionRecord, for address: SignalAddress) throws {
        try store.saveSessionRecord(record, for: address)
    }
    func identity(for address: SignalAddress) throws -> PublicKey? { try store.identity(for: address) }
    mutating func saveIdentity(_ key: PublicKey, for address: SignalAddress) throws { try store.saveIdentity(key, for: address) }
    func preKey(id: UInt32) throws -> PreKey? { try id == extra.id ? extra : store.preKey(id: id) }
    mutating func removePreKey(id: UInt32) throws { try store.removePreKey(id: id) }
    func signedPreKey(id: UInt32) throws -> SignedPreKey? { try store.signedPreKey(id: id) }
}
