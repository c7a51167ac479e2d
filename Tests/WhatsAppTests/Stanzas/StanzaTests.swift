import Model
import Signal
import Testing

@testable import WhatsApp

private let own = OwnAddresses(
    phoneNumber: JID(user: "96890000001", server: .phoneNumber, device: 3), lid: JID(user: "1001", server: .lid, device: 3))
private let peer = JID(user: "2002", server: .lid, device: 5)
private let peerNumber = JID(user: "96890000002", server: .phoneNumber)
private let received = Timestamp(seconds: 1_790_000_100)

private func message(_ attributes: Attributes, _ children: [Node] = []) -> Node {
    var all: Attributes = ["id": "A1", "t": "1790000000", "from": .jid(peer), "type": "text"]
    for (key, value) in attributes.elements { all[key] = value }
    return Node("message", all, children)
}

@Suite struct QueryStanzaTests {
    @Test func queriesAndAnswers() throws {
        let node = PreKeyCount.query.node(id: "1.2-3")
        #expect(node.string("xmlns") == "encrypt")
        #expect(node.string("type") == "get")
        #expect(node.attributes["to"] == .jid(.service))
        #expect(try PreKeyCount.read(Node("iq", ["type": "result"], [Node("count", ["value": "17"])])) == 17)
        #expect(throws: StanzaError.refused(code: 429, text: "rate-overlimit", backoff: 3)) {
            try PreKeyCount.read(
                Node("iq", ["type": "error"], [Node("error", ["code": "429", "text": "rate-overlimit", "backoff": "3"])]))
        }
        #expect(throws: StanzaError.missing("count value")) { try PreKeyCount.read(Node("iq", ["type": "result"])) }
    }

    @Test func uploadedKeysReadBack() throws {
        let pair = try KeyPair(privateKey: [UInt8](repeating: 9, count: 32))
        let signed = SignedPreKey(id: 1, keyPair: pair, signature: [UInt8](repeating: 7, count: 64))
        let node = PreKeyUpload.query(
            registrationID: 0x0102_0304, identity: pair.publicKey, signedPreKey: signed, preKeys: [PreKey(id: 0xABCDEF, keyPair: pair)]
        ).node(id: "1")
        #expect(node.child("registration")?.bytes == [1, 2, 3, 4])
        #expect(node.child("type")?.bytes == [5])
        #expect(node.child("list")?.child("key")?.child("id")?.bytes == [0xAB, 0xCD, 0xEF])
        // What the service hands out of it has the same shape, inside <user>.
        let key = try #require(node.child("list")?.child("key"))
        let rest = node.children.filter { $0.tag != "list" }
        let answer = Node(
            "iq", ["type": "result"],
            [
                Node(
                    "list", [:],
                    [
                        Node("user", ["jid": .jid(peer)], rest + [key]),
                        Node("user", ["jid": .jid(own.phoneNumber)], [Node("error", ["code": "406", "text": "not-acceptable"])]),
                        Node("user", ["jid": .jid(peer.bare)], rest.filter { $0.tag != "skey" }),
                    ])
            ])
        let found = try PreKeyFetch.read(answer)
        let bundle = try #require(try found[peer]?.get().bundle)
        #expect(bundle.registrationID == 0x0102_0304)
        #expect(bundle.preKey?.id == 0xABCDEF)
        #expect(bundle.signedPreKey == pair.publicKey)
        #expect(throws: StanzaError.refused(code: PreKeyFetch.noSuchDevice, text: "not-acceptable", backoff: nil)) {
            _ = try found[own.phoneNumber]?.get()
        }
        #expect(throws: StanzaError.missing("skey")) { _ = try found[peer.bare]?.get() }
    }

    @Test func usersWithDevicesAndLIDs() throws {
        let answer = Node(
            "iq", ["type": "result"],
            [
                Node(
                    "usync", [:],
                    [
                        Node(
                            "list", [:],
                            [
                                Node(
                                    "user", ["jid": .jid(peerNumber)],
                                    [
                                        Node("contact", ["type": "in"], text: "+96890000002"), Node("lid", ["val": .jid(peer.bare)]),
                                        Node(
                                            "devices", [:],
                                            [
                                                Node(
                                                    "device-list", [:],
                                                    [
                                                        Node("device", ["id": "0"]), Node("device", ["id": "5", "key-index": "2"]),
                                                        Node("device", ["id": "6"]),
                                                        Node("device", ["id": "70000", "key-index": "3"]),
                                                    ])
                                            ]),
                                    ]),
                                Node("user", [:], [Node("contact", ["type": "out"], text: "123@c.us")]),
                            ])
                    ])
            ])
        let users = try UserQuery.read(answer)
        #expect(users.count == 2)
        #expect(users[0].lid == peer.bare)
        #expect(users[0].isRegistered == true)
        #expect(users[0].askedNumber == "96890000002")
        // A device without a key index, or with an impossible number, is nobody to encrypt for.
        #expect(users[0].devices?.accepted(by: nil).map(\.id) == [0, 5])
        // Where the service tells no key index at all there is nothing to go by.
        let plain = DeviceListAnswer(Node("devices", [:], [Node("device-list", [:], [Node("device", ["id": "0"]), Node("device", ["id": "4"])])]))
        #expect(plain?.accepted(by: nil).map(\.id) == [0, 4])
        #expect(users[0].isNamed)
        #expect(!users[1].isNamed)
        #expect(users[1].isRegistered == false)
        #expect(users[1].askedNumber == "123")
    }
}

@Suite struct MessageStanzaTests {
    @Test func fromAPerson() throws {
        let node = message(
            ["sender_pn": .jid(peerNumber), "notify": "Amal", "offline": "2"],
            [Node("enc", ["v": "2", "type": "msg"], bytes: [1, 2]), Node("enc", ["v": "2", "type": "msmsg"], bytes: [3])])
        let message = try IncomingMessage(node, own: own, now: received)
        #expect(message.chat == peer.bare)
        #expect(message.sender == peer)
        #expect(message.senderAlternative == peerNumber)
        #expect(message.pushName == "Amal")
        #expect(message.isOffline)
        #expect(!message.isFromMe)
        #expect(message.parts.map(\.type) == [.message, nil])
    }

    @Test func fromTheOwnPhone() throws {
        let node = message([
            "from": .jid(JID(user: "1001", server: .lid)), "recipient": .jid(peer.bare), "peer_recipient_pn": .jid(peerNumber),
        ])
        let message = try IncomingMessage(node, own: own, now: received)
        #expect(message.isFromMe)
        #expect(message.chat == peer.bare)
        #expect(message.chatAlternative == peerNumber)
        let receipt = MessageReceipt.delivery(of: message, stanza: node, isAvailable: true)
        #expect(receipt.string("type") == "sender")
        #expect(receipt.jid("recipient") == peer.bare)
    }

    @Test func fromAGroup() throws {
        let group = JID(user: "123-456", server: .group)
        let node = message(["from": .jid(group), "participant": .jid(peer), "participant_pn": .jid(peerNumber)])
        let message = try IncomingMessage(node, own: own, now: received)
        #expect(message.chat == group)
        #expect(message.sender == peer)
        #expect(message.senderAlternative == peerNumber)
        let receipt = MessageReceipt.delivery(of: message, stanza: node, isAvailable: false)
        #expect(receipt.jid("participant") == peer)
        #expect(receipt.string("type") == "inactive")
        #expect(throws: StanzaError.missing("participant")) {
            try IncomingMessage(WhatsAppTests.message(["from": .jid(group)]), own: own, now: received)
        }
    }

    @Test func whatMayBeMissing() throws {
        var node = message([:], [Node("enc", ["type": "msg", "count": "18446744073709551615"], bytes: [1])])
        node.attributes["t"] = nil
        let bare = try IncomingMessage(node, own: own, now: received)
        #expect(bare.timestamp == received)
        #expect(bare.parts.first?.version == 2)
        #expect(bare.parts.first?.retryCount == 1_000)
        // Beyond the year 9999: no calendar and no database has it.
        node.attributes["t"] = "253402300800"
        #expect(try IncomingMessage(node, own: own, now: received).timestamp == received)
    }

    @Test(arguments: ["id", "from"])
    func withoutWhatItNeeds(_ attribute: String) {
        var node = message([:])
        node.attributes[attribute] = nil
        #expect(throws: StanzaError.missing(attribute)) { try IncomingMessage(node, own: own, now: received) }
    }

    @Test(arguments: ["", "naïve", "two words", String(repeating: "A", count: 129)])
    func idsThatNoRowCanHold(_ id: String) {
        #expect(throws: StanzaError.missing("id")) { try IncomingMessage(message(["id": .text(id)]), own: own, now: received) }
    }

    @Test func outgoing() {
        let copies = [
            OutgoingMessageStanza.Copy(device: peer, ciphertext: Ciphertext(type: .message, bytes: [1])),
            OutgoingMessageStanza.Copy(device: JID(user: "1001", server: .lid), ciphertext: Ciphertext(type: .preKeyMessage, bytes: [2])),
        ]
        var stanza = OutgoingMessageStanza(
            id: "3EB0", to: peer.bare, phoneNumber: peerNumber, kind: .text, copies: copies, account: [7])
        #expect(stanza.node.child("device-identity")?.bytes == [7])
        #expect(stanza.node.attributes["peer_recipient_pn"] == .jid(peerNumber))
        #expect(stanza.node.child("participants")?.children.map { $0.child("enc")?.string("type") } == ["msg", "pkmsg"])
        stanza.copies.removeLast()
        #expect(stanza.node.child("device-identity") == nil)
        stanza.to = peerNumber
        #expect(stanza.node.attributes["peer_recipient_pn"] == nil)
    }

    @Test func acksOfOurs() {
        #expect(MessageAck(Node("ack", ["class": "notification", "id": "1"])) == nil)
        #expect(MessageAck(Node("ack", ["class": "receipt", "id": "1", "error": "500"])) == nil)
        #expect(MessageAck(Node("ack", ["class": "receipt", "id": "1"]))?.refusal == nil)
        #expect(MessageAck(Node("ack", ["id": "1"]))?.id == "1")
        #expect(MessageAck(Node("ack", ["class": "message", "id": "1", "t": "5"]))?.refusal == nil)
        #expect(MessageAck(Node("ack", ["class": "message", "id": "1", "error": "463"]))?.refusal == .reachOutTimelock)
        #expect(SendRefusal(code: 503).isTransient)
        #expect(!SendRefusal(code: 479).isTransient)
    }

    @Test func retryReceipt() throws {
        let node = message([:], [Node("enc", ["v": "2", "type": "msg"], bytes: [1])])
        let receipt = RetryReceipt.node(
            for: try IncomingMessage(node, own: own, now: received), stanza: node, count: 1, reason: .badMAC, registrationID: 7, keys: nil)
        #expect(receipt.string("type") == "retry")
        #expect(receipt.jid("to") == peer)
        #expect(receipt.child("retry")?.string("t") == "1790000000")
        #expect(receipt.child("retry")?.string("error") == "7")
        #expect(receipt.child("registration")?.bytes == [0, 0, 0, 7])
        #expect(receipt.child("keys") == nil)
    }
}

@Suite struct AcknowledgementTests {
    @Test func echoesWhatMatters() {
        let receipt = Node(
            "receipt",
            [
                "id": "R", "from": .jid(peer), "type": "read", "recipient": .jid(peer.bare), "participant": .jid(peer), "t": "1",
            ])
        let ack = Acknowledgement.node(for: receipt, own: own.phoneNumber)
        #expect(
            ack
                == Node(
                    "ack",
                    [
                        "class": "receipt", "id": "R", "to": .jid(peer), "type": "read", "recipient": .jid(peer.bare),
                        "participant": .jid(peer),
                    ]))
        let failed = Acknowledgement.node(for: message([:]), own: own.phoneNumber, refusal: .unparsable)
        #expect(failed.attributes["type"] == nil)
        #expect(failed.jid("from") == own.phoneNumber)
        #expect(failed.string("error") == "487")
    }

    @Test func identityChangesAreAcknowledgedWithoutType() {
        let node = Node("notification", ["id": "N", "from": .jid(peer), "type": "encrypt"], [Node("identity")])
        #expect(Acknowledgement.node(for: node, own: nil).attributes["type"] == nil)
        let count = Node("notification", ["id": "N", "from": .jid(.service), "type": "encrypt"], [Node("count", ["value": "3"])])
        #expect(Acknowledgement.node(for: count, own: nil).string("type") == "encrypt")
        #expect(ServiceNotification(count, own: own) == .preKeysLeft(3))
        #expect(ServiceNotification(node, own: own) == .identityChanged(peer))
    }
}

@Suite struct ReceiptTests {
    @Test func aListOfIDs() throws {
        let node = Node(
            "receipt", ["id": "1", "from": .jid(peer), "type": "read", "t": "9"],
            [
                Node("list", [:], [Node("item", ["id": "2"]), Node("item", ["id": "3"])])
            ])
        let receipt = try Receipt(node, own: own)
        #expect(receipt.ids == ["1", "2", "3"])
        #expect(receipt.status == .read)
        #expect(receipt.chat == peer.bare)
    }

    @Test func ownDevicesSayNothingAboutOthers() throws {
        let node = Node(
            "receipt",
            [
                "id": "1", "from": .jid(JID(user: "1001", server: .lid, device: 9)), "recipient": .jid(peer.bare), "type": "read",
            ])
        let receipt = try Receipt(node, own: own)
        #expect(receipt.isFromMe)
        #expect(receipt.chat == peer.bare)
        #expect(receipt.status == nil)
    }

    @Test(arguments: [("inactive", nil), ("retry", nil), ("played", MessageStatus.read), ("future-kind", nil)])
    func kinds(_ type: String, _ status: MessageStatus?) throws {
        #expect(try Receipt(Node("receipt", ["id": "1", "from": .jid(peer), "type": .text(type)]), own: own).status == status)
    }

    @Test func readReceiptsOfOurs() {
        #expect(MessageReceipt.read(ids: [], chat: peer.bare, participant: nil, at: Timestamp(seconds: 1)) == nil)
        let many = MessageReceipt.read(
            ids: (0..<300).map(String.init), chat: peer.bare, participant: nil, at: Timestamp(seconds: 1))
        #expect(many?.child("list")?.children.count == 255)
    }
}

@Suite struct NewsTests {
    @Test func devices() {
        let node = Node("notification", ["type": "devices", "from": .jid(peerNumber), "lid": .jid(peer.bare)], [Node("add")])
        #expect(ServiceNotification(node, own: own) == .devicesChanged(user: peerNumber, lid: peer.bare))
        let mine = Node("notification", ["type": "devices", "from": .jid(own.phoneNumber.bare)], [Node("remove")])
        #expect(ServiceNotification(mine, own: own) == .ownDevicesChanged)
    }

    @Test func refreshOfTheCode() {
        let known = Node("notification", ["type": "companion_reg_refresh"], [Node("pair-device-rotate-qr")])
        #expect(ServiceNotification(known, own: nil) == .pairingRefresh)
        #expect(
            ServiceNotification(Node("notification", ["type": "companion_reg_refresh"]), own: nil) == .other(type: "companion_reg_refresh"))
    }

    @Test func informationBroadcasts() {
        let node = Node(
            "ib", [:],
            [
                Node("offline_preview", ["count": "12"]), Node("edge_routing", [:], [Node("routing_info", bytes: [8, 2])]), Node("strange"),
                Node("dirty", ["type": "groups", "timestamp": "5"]),
            ])
        #expect(
            InformationBroadcast.read(node) == [.offlinePreview(count: 12), .edgeRouting([8, 2]), .dirty(type: "groups", timestamp: "5")])
        let session = InformationBroadcast.unifiedSession(serverTime: Timestamp(milliseconds: 0))
        #expect(session.child("unified_session")?.string("id") == "259200000")
    }

    @Test func calls() {
        let offer = Node("offer", ["call-id": "C", "call-creator": .jid(peer), "caller_pn": .jid(peerNumber)], [Node("video")])
        let call = CallStanza(Node("call", ["from": .jid(peer), "id": "1"], [offer]))
        #expect(call?.isOffer == true)
        #expect(call?.isVideo == true)
        #expect(call?.phoneNumber == peerNumber)
        #expect(CallStanza(Node("call", ["from": .jid(peer)])) == nil)
        let end = CallStanza(Node("call", ["from": .jid(peer), "id": "2"], [Node("terminate", ["call-id": "C", "reason": "timeout"])]))
        #expect(end?.event == .terminated("timeout"))
        #expect(CallStanza(Node("call", ["from": .jid(peer)], [Node("transport", ["call-id": "C"])]))?.event == .other)
    }

    @Test func rejectionOfACall() {
        let node = CallStanza.rejection(of: "C", caller: peer, creator: peer, own: own, id: "3EB0")
        #expect(node.jid("from") == own.phoneNumber.bare && node.jid("to") == peer.bare)
        #expect(node.child("reject")?.string("call-id") == "C" && node.child("reject")?.string("count") == "0")
        #expect(node.child("reject")?.jid("call-creator") == peer.bare)
    }
}
