import CZlib
import Model
import SwiftProtobuf
import Testing
import WAProto
import WhatsApp

@testable import Sandbox

@Suite("From a QR code to texts in both directions")
struct JourneyTests {
    let network: Network
    let client: TestClient

    init() throws {
        network = try Network()
        _ = try network.addPhone("96890000001", "Amal")
        _ = try network.addPhone("96890000002", "Badr")
        client = TestClient(network)
    }

    @Test func pairsAndExchangesTexts() throws {
        try client.pair(with: "96890000001")
        #expect(client.jid?.description == "96890000001:1@s.whatsapp.net")
        try client.settle()

        let ack = try client.sendMessage(try client.compose("good morning", id: "3EB0AA", to: "96890000002"))
        #expect(ack.string("error") == nil)
        #expect(ack.string("phash") == nil)
        let shown = try #require(network.world["96890000002"]?.messages.last)
        #expect(shown.text == "good morning")
        #expect(shown.from == "96890000001")
        #expect(shown.fromDevice == 1)
        // The own phone has a copy and knows who it went to.
        let copy = try #require(network.world["96890000001"]?.messages.last)
        #expect(copy.text == "good morning" && copy.fromMe && copy.chat == "96890000002")
        let delivered = try client.take("receipt")
        #expect(delivered.string("id") == "3EB0AA" && delivered.string("type") == nil)
        try client.send(client.ack(delivered))

        let id = try network.change { world, now in try world.send("and to you", from: "96890000002", to: "96890000001", now: now) }
        let received = try client.take("message")
        #expect(received.string("id") == id)
        #expect(received.jid("sender_pn")?.user == "96890000002")
        #expect(try client.decrypt(received).conversation == "and to you")
        try client.send(client.receipt(for: received))
        #expect(network.world["96890000002"]?.messages.last?.status == .delivered)

        try client.settle()
        network.advance(seconds: 60)
        #expect(network.refused == [])
        #expect(network.missingAcks == [])
    }

    @Test func aPairedDeviceGetsKeysAndHistory() throws {
        _ = try network.change { world, now in try world.send("long ago", from: "96890000002", to: "96890000001", now: now) }
        try client.pair(with: "96890000001")
        var kinds: [WAProtocolMessage.TypeEnum] = []
        var history: [WAHistorySync] = []
        while client.inbox.contains(where: { $0.tag == "message" }) {
            let stanza = try client.take("message")
            #expect(stanza.string("category") == "peer")
            #expect(stanza.jid("from") == client.lid?.bare)
            let content = try client.decrypt(stanza).protocolMessage
            kinds.append(content.type)
            let packed = Array(content.historySyncNotification.initialHistBootstrapInlinePayload)
            if !packed.isEmpty { history.append(try WAHistorySync(serializedBytes: try inflate(packed))) }
            try client.send(client.receipt(for: stanza))
        }
        #expect(kinds == [.appStateSyncKeyShare, .historySyncNotification, .historySyncNotification])
        #expect(history.map(\.syncType) == [.initialBootstrap, .pushName])
        #expect(history.first?.conversations.first?.messages.first?.message.message.conversation == "long ago")
        #expect(history.last?.pushnames.first?.pushname == "Badr")
        network.advance(seconds: 30)
        #expect(network.missingAcks == [])
        #expect(network.refused == [])
        // Only after the pairing, never again.
        client.disconnect()
        try client.login()
        try client.becomeActive()
        #expect(!client.inbox.contains { $0.tag == "message" })
    }

    private func inflate(_ packed: [UInt8]) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        var size = uLong(bytes.count)
        try #require(uncompress(&bytes, &size, packed, uLong(packed.count)) == Z_OK)
        return Array(bytes.prefix(Int(size)))
    }

    @Test func ownPhoneMessagesReachTheLinkedDevice() throws {
        try client.pair(with: "96890000001")
        try client.settle()
        _ = try network.change { world, now in try world.send("from my phone", from: "96890000001", to: "96890000002", now: now) }
        let copy = try client.take("message")
        #expect(copy.jid("from") == client.lid?.bare)
        #expect(copy.jid("recipient")?.user == network.world.service.accounts["96890000002"]?.lid)
        #expect(try client.decrypt(copy).deviceSentMessage.message.conversation == "from my phone")
        try client.send(client.receipt(for: copy))
        #expect(network.refused == [])
    }

    @Test func readReceiptsTravelBothWays() throws {
        try client.pair(with: "96890000001")
        try client.settle()
        _ = try client.sendMessage(try client.compose("read me", id: "3EB0BB", to: "96890000002"))
        try client.settle()
        try network.change { world, now in try world.read(["3EB0BB"], in: "96890000001", by: "96890000002", now: now) }
        let read = try client.take("receipt")
        #expect(read.string("type") == "read" && read.string("id") == "3EB0BB")
        try client.send(client.ack(read))
        #expect(network.world["96890000001"]?.messages.last?.status == .read)

        let id = try network.change { world, now in try world.send("you too", from: "96890000002", to: "96890000001", now: now) }
        let message = try client.take("message")
        _ = try client.decrypt(message)
        try client.send(client.receipt(for: message))
        let chat = try #require(message.jid("from")).bare
        try client.send(Node("receipt", ["id": .text(id), "to": .jid(chat), "type": "read", "t": "1"]))
        #expect(network.world["96890000002"]?.messages.last?.status == .read)
        // The own phone shows it as read, too.
        #expect(network.world["96890000001"]?.messages.last { $0.id == id }?.status == .read)
        #expect(network.refused == [])
    }

    @Test func twoLinkedDevicesWriteToEachOther() throws {
        let other = TestClient(network, seed: 8)
        try client.pair(with: "96890000001")
        try other.pair(with: "96890000002")
        try client.settle()
        try other.settle()
        let ack = try client.sendMessage(try client.compose("device to device", id: "3EB0CC", to: "96890000002"))
        #expect(ack.string("error") == nil)
        let message = try other.take("message")
        #expect(message.child("device-identity") != nil)
        #expect(try other.decrypt(message).conversation == "device to device")
        try other.send(other.receipt(for: message))
        let answer = try other.sendMessage(try other.compose("back", id: "3EB0DD", to: "96890000001"))
        #expect(answer.string("error") == nil)
        #expect(try client.decrypt(try client.take("message")).conversation == "back")
        #expect(network.refused == [])
    }

    @Test func anAutomaticAnswerIsNotAnsweredAutomatically() throws {
        network.world["96890000001"]?.automaticAnswer = "I am away"
        network.world["96890000002"]?.automaticAnswer = "So am I"
        _ = try network.change { world, now in try world.send("hello", from: "96890000001", to: "96890000002", now: now) }
        #expect(network.world["96890000001"]?.messages.map(\.text) == ["hello", "So am I"])
        #expect(network.world["96890000002"]?.messages.map(\.text) == ["hello", "So am I"])
    }

    @Test func mailOfAPhoneThatIsOffWaits() throws {
        try network.change { world, now in try world.setOnline(false, "96890000002", now: now) }
        _ = try network.change { world, now in try world.send("later", from: "96890000001", to: "96890000002", now: now) }
        #expect(network.world["96890000002"]?.messages.isEmpty == true)
        #expect(network.world["96890000001"]?.messages.last?.status == .sent)
        #expect(throws: ControlError.conflict("phone 96890000002 is off")) {
            try network.change { world, now in try world.send("x", from: "96890000002", to: "96890000001", now: now) }
        }
        try network.change { world, now in try world.setOnline(true, "96890000002", now: now) }
        #expect(network.world["96890000002"]?.messages.last?.text == "later")
        #expect(network.world["96890000001"]?.messages.last?.status == .delivered)
    }
}
