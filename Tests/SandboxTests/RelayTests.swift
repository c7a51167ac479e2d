import CryptoPrimitives
import Model
import Signal
import Testing
import WhatsApp

@testable import Sandbox

@Suite("What the service does not relay")
struct RelayTests {
    let network: Network
    let client: TestClient

    init() throws {
        network = try Network()
        try network.addPhone("96890000001")
        try network.addPhone("96890000002")
        client = TestClient(network)
        try client.pair(with: "96890000001")
        try client.settle()
    }

    private var shown: [PhoneMessage] { network.world["96890000002"].map { Array($0.messages) } ?? [] }

    private func outcome(_ change: (inout Node) throws -> Void) throws -> String? {
        var stanza = try client.compose("text", id: "3EB0", to: "96890000002")
        try change(&stanza)
        return try client.sendMessage(stanza).string("error")
    }

    private func changingCopies(_ stanza: inout Node, _ change: (inout [Node]) throws -> Void) rethrows {
        var copies = stanza.child("participants")?.children ?? []
        try change(&copies)
        stanza.content = .nodes([Node("participants", [:], copies)] + stanza.children.filter { $0.tag != "participants" })
    }

    @Test func aGoodMessageIsRelayed() throws {
        #expect(try outcome { _ in } == nil)
        #expect(shown.count == 1)
    }

    @Test func addressing() throws {
        let number = JID(user: "96890000002", server: .phoneNumber)
        #expect(try outcome { $0["to"] = .jid(number) } == "479")
        #expect(try outcome { $0["to"] = .jid(JID(user: "999", server: .lid)) } == "404")
        #expect(try outcome { $0["to"] = .jid(JID(user: "1-2", server: .broadcast)) } == "404")
        #expect(try outcome { $0["to"] = .jid(($0.jid("to") ?? number).withDevice(1)) } == "400")
        #expect(try outcome { $0["addressing_mode"] = "lid" } == "479")
        #expect(try outcome { $0["peer_recipient_pn"] = .jid(JID(user: "96890000001", server: .phoneNumber)) } == "400")
        #expect(try outcome { changingCopies(&$0) { $0[0]["jid"] = .jid(number) } } == "479")
        #expect(shown.isEmpty)
    }

    @Test func shape() throws {
        #expect(try outcome { $0["type"] = nil } == "400")
        #expect(try outcome { $0["type"] = "carrier-pigeon" } == "400")
        #expect(try outcome { $0["type"] = "media" } == "400")
        #expect(try outcome { $0.content = nil } == "400")
        #expect(try outcome { changingCopies(&$0) { $0 = [] } } == "400")
        #expect(try outcome { changingCopies(&$0) { $0.append($0[0]) } } == "400")
        #expect(try outcome { $0.content = .nodes($0.children.filter { $0.tag != "device-identity" }) } == "400")
        #expect(shown.isEmpty)
    }

    @Test func ciphertexts() throws {
        func changingEnc(_ change: (inout Node) -> Void) throws -> String? {
            try outcome { stanza in
                changingCopies(&stanza) { copies in
                    var enc = copies[0].children[0]
                    change(&enc)
                    copies[0].content = .nodes([enc])
                }
            }
        }
        #expect(try changingEnc { $0["v"] = "1" } == "400")
        #expect(try changingEnc { $0["type"] = "skmsg" } == "400")
        #expect(try changingEnc { $0.content = nil } == "400")
        #expect(try changingEnc { $0.content = .bytes([]) } == "400")
        #expect(try changingEnc { $0.content = .bytes([0x23] + ($0.bytes ?? []).dropFirst()) } == "400")
        #expect(try changingEnc { $0.content = .bytes(Array(($0.bytes ?? []).prefix(20))) } == "400")
        #expect(shown.isEmpty)
    }

    @Test func aDeviceIdentityOfSomebodyElse() throws {
        let other = TestClient(network, seed: 12)
        try other.pair(with: "96890000002")
        client.account = other.account
        #expect(try outcome { _ in } == "400")
        #expect(network.refused.contains { $0.contains("does not chain") })
    }

    @Test func missingAndUnknownDevicesAreNamedAndAnsweredWithAHash() throws {
        var stanza = try client.compose("to the receiver only", id: "3EB1", to: "96890000002")
        let own = try #require(client.lid)
        changingCopies(&stanza) { copies in copies.removeAll { $0.jid("jid")?.user == own.user } }
        let ack = try client.sendMessage(stanza)
        #expect(ack.string("error") == nil)
        #expect(network.refused.contains { $0.contains("3EB1 has no copy for 96890000001") })
        let theirs = try client.devices(of: JID(user: "96890000002", server: .phoneNumber))
        let right = Sandbox.ParticipantHash.of(theirs + [own, own.bare])
        #expect(ack.string("phash") == right)
        #expect(shown.last?.text == "to the receiver only")
    }

    @Test func theSendingDeviceGetsNoCopy() throws {
        let own = try #require(client.lid)
        #expect(try outcome { changingCopies(&$0) { $0[0]["jid"] = .jid(own) } } == "400")
    }

    @Test func theSameBytesAreDeliveredOnce() throws {
        let stanza = try client.compose("once", id: "3EB2", to: "96890000002")
        let first = try client.sendMessage(stanza)
        network.advance(seconds: 5)
        let second = try client.sendMessage(stanza)
        #expect(second.string("error") == nil)
        #expect(second.string("t") == first.string("t"))
        #expect(shown.count == 1)
        #expect(network.refused == [])
    }

    @Test func anIdIsNotUsedTwice() throws {
        _ = try client.sendMessage(try client.compose("one", id: "3EB3", to: "96890000002"))
        _ = try client.sendMessage(try client.compose("two", id: "3EB3", to: "96890000002"))
        #expect(shown.map(\.text) == ["one"])
        #expect(network.refused.contains { $0.contains("3EB3 was sent before with other bytes") })
    }

    @Test func aCounterThatIsUsedForOtherBytesIsRefused() throws {
        _ = try client.sendMessage(try client.compose("zero", id: "3EB6", to: "96890000002"))
        let saved = client.store
        _ = try client.sendMessage(try client.compose("one", id: "3EB7", to: "96890000002"))
        client.store = saved
        let answer = try client.sendMessage(try client.compose("another one", id: "3EB8", to: "96890000002"))
        #expect(answer.string("error") == "400")
        #expect(network.refused.contains { $0.contains("was used before, for other bytes") })
    }

    @Test func keysThatNobodyGotAreRefused() throws {
        let stranger = TestClient(network, seed: 40)
        try stranger.pair(with: "96890000002")
        let target = try #require(stranger.lid)
        // A bundle that did not come from the service.
        let key = KeyPair.generate(using: &client.rng)
        let bundle = PreKeyBundle(
            registrationID: 4_711, identity: stranger.identity.publicKey, signedPreKeyID: 1,
            signedPreKey: stranger.signedPreKey.keyPair.publicKey,
            signedPreKeySignature: stranger.signedPreKey.signature, preKey: (id: 9_999, key: key.publicKey))
        _ = try SessionCipher.startSession(with: bundle, address: client.address(target), in: &client.store, using: &client.rng)
        #expect(try outcome { _ in } == "400")
        #expect(network.refused.contains { $0.contains("names keys that were not handed out") })
    }
}
