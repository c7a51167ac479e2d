import Model
import Signal
import Testing

@testable import WhatsApp

/// Stanzas with every value exchanged for absurd ones: a reader gives nil or an error, or values that the database can hold.
@Suite struct HostileStanzaTests {
    private static let own = OwnAddresses(
        phoneNumber: JID(user: "96890000001", server: .phoneNumber, device: 3), lid: JID(user: "1001", server: .lid, device: 3))
    private static let now = Timestamp(seconds: 1_790_000_000)
    private static let peer = JID(user: "2002", server: .lid, device: 5)
    private static let group = JID(user: "120363", server: .group)

    private static let values: [AttributeValue] = [
        "", "-1", "+1", "18446744073709551615", "9223372036854775807", "9223372036854776", "1e9", "\u{0}", "\u{1F600}", "1:70000@lid",
        .text(String(repeating: "9", count: 70_000)), .jid(.service), .jid(JID(user: "", server: .lid)),
        .jid(JID(user: "\u{1F600}", server: .group)),
        .jid(JID(user: String(repeating: "9", count: 300), server: .phoneNumber, device: .max)),
        .jid(JID(user: "x", server: .interop, integrator: .max)),
    ]

    private static let stanzas: [Node] = [
        Node(
            "message",
            [
                "id": "A1", "t": "1790000000", "from": .jid(peer), "notify": "A", "sender_pn": .jid(own.phoneNumber), "category": "peer",
                "offline": "0",
            ],
            [Node("enc", ["v": "2", "type": "msg", "count": "1"], bytes: [1]), Node("unavailable", ["type": "x"])]),
        Node(
            "message", ["id": "A1", "t": "1", "from": .jid(group), "participant": .jid(peer), "participant_pn": .jid(peer)],
            [Node("enc", ["v": "2", "type": "skmsg"], bytes: [])]),
        Node("message", ["id": "A1", "t": "1", "from": .jid(own.phoneNumber), "recipient": .jid(peer), "peer_recipient_pn": .jid(peer)]),
        Node("receipt", ["id": "B1", "from": .jid(peer), "type": "read", "t": "1"], [Node("list", [:], [Node("item", ["id": "B2"])])]),
        Node("receipt", ["id": "B1", "from": .jid(group), "t": "1"], [Node("participants", ["key": "B1"])]),
        Node("ack", ["class": "message", "id": "A1", "t": "1", "error": "463", "phash": "2:x"]),
        Node(
            "ib", [:],
            [Node("offline", ["count": "3"]), Node("client_expiration", ["t": "1"]), Node("dirty", ["type": "x", "timestamp": "1"])]),
        Node("success", ["t": "1", "lid": .jid(peer)]),
        Node(
            "call", ["from": .jid(peer)],
            [Node("offer", ["call-id": "C1", "call-creator": .jid(peer), "caller_pn": .jid(own.phoneNumber)])]),
        Node("notification", ["type": "encrypt", "from": .jid(peer)], [Node("count", ["value": "4"])]),
        Node("notification", ["type": "devices", "from": .jid(peer), "lid": .jid(peer)]),
        Node(
            "notification", ["type": "w:gp2", "from": .jid(group), "participant": .jid(peer), "addressing_mode": "lid"],
            [
                Node(
                    "add", ["prev_v_id": "1", "v_id": "2"],
                    [Node("participant", ["jid": .jid(peer), "phone_number": .jid(own.phoneNumber)])])
            ]),
        Node(
            "receipt", ["id": "B1", "from": .jid(peer), "type": "retry"],
            [Node("retry", ["id": "A1", "count": "1", "t": "1"]), Node("registration", bytes: [0, 0, 0, 1])]),
        Node("iq", ["type": "result"], [Node("count", ["value": "1"])]),
        Node(
            "iq", ["type": "result"],
            [
                Node(
                    "usync", [:],
                    [
                        Node(
                            "list", [:],
                            [
                                Node(
                                    "user", ["jid": .jid(peer), "pn_jid": .jid(own.phoneNumber)],
                                    [
                                        Node("contact", ["type": "in"], text: "+968"), Node("lid", ["val": .jid(peer)]),
                                        Node("devices", [:], [Node("device-list", [:], [Node("device", ["id": "5", "key-index": "1"])])]),
                                    ])
                            ])
                    ])
            ]),
        Node("iq", ["type": "error"], [Node("error", ["code": "1", "text": "x", "backoff": "3"])]),
    ]

    /// The node with each attribute exchanged or missing, and each child missing, doubled, emptied or damaged in the same way.
    private func variants(of node: Node) -> [Node] {
        var found: [Node] = []
        for (key, _) in node.attributes.elements {
            for value in Self.values.map(Optional.some) + [nil] {
                var other = node
                other.attributes[key] = value
                found.append(other)
            }
        }
        for content in [nil, .nodes([]), .text(""), .bytes([0xFF, 0xC3]), .jid(Self.peer)] as [Node.Content?] {
            found.append(Node(node.tag, node.attributes, content: content))
        }
        for (index, child) in node.children.enumerated() {
            var children = node.children
            found.append(Node(node.tag, node.attributes, children + children))
            for variant in variants(of: child) {
                children[index] = variant
                found.append(Node(node.tag, node.attributes, children))
            }
        }
        return found
    }

    @Test func everyReaderOnEveryVariant() throws {
        var accepted = 0
        for node in Self.stanzas.flatMap(variants) {
            if let message = try? IncomingMessage(node, own: Self.own, now: Self.now) {
                accepted += 1
                #expect(message.timestamp.isStorable)
                for jid in [message.chat, message.sender, message.senderAlternative, message.chatAlternative] {
                    #expect(jid?.isWellFormed != false)
                }
                #expect(!message.chat.user.isEmpty && !message.sender.user.isEmpty && message.id.utf8.count <= 128)
                _ = RetryReceipt.node(for: message, stanza: node, count: 1, reason: .badMAC, registrationID: 1, keys: nil)
            }
            if let receipt = try? Receipt(node, own: Self.own) {
                #expect(receipt.timestamp?.isStorable != false && receipt.chat.isWellFormed)
            }
            if let call = CallStanza(node) { #expect(!call.from.user.isEmpty && call.callID.utf8.count <= 128) }
            for user in (try? UserQuery.read(node)) ?? [] { #expect(user.jid.isWellFormed && user.lid?.isWellFormed != false) }
            #expect(MessageAck(node)?.timestamp?.isStorable != false && LoginSuccess(node).serverTime?.isStorable != false)
            if let news = GroupNotification(node) { #expect(news.group.isWellFormed && (news.version?.utf8.count ?? 0) <= 64) }
            if let retry = try? RetryRequest(node, own: Self.own) {
                #expect(retry.sender.isWellFormed && !retry.sender.user.isEmpty && retry.count > 0)
            }
            _ = (ServiceNotification(node, own: Self.own), InformationBroadcast.read(node), ServerQuery(node), try? PreKeyCount.read(node))
            _ = (try? PreKeyFetch.read(node), try? PreKeyDigest(node), try? PairDevice(node), try? PairSuccess(node))
            _ = BinaryXML.encode(Acknowledgement.node(for: node, own: Self.own.phoneNumber))
        }
        #expect(accepted > 100)
    }

    /// Seconds that overflow milliseconds ended in a trap when the receipt was written.
    @Test(arguments: ["9223372036854776", "9223372036854775807", "18446744073709551615", "253402300800", "-1", ""])
    func messagesFromNoTime(_ time: String) throws {
        let node = Node("message", ["id": "A", "t": .text(time), "from": .jid(Self.peer)])
        #expect(try IncomingMessage(node, own: Self.own, now: Self.now).timestamp == Self.now)
    }

    @Test(arguments: ["status@broadcast", "1@g.us", "1@interop", "5", "s.whatsapp.net", "7@lid"])
    func otherNamesThatAreNone(_ name: String) throws {
        let node = Node("message", ["id": "A", "t": "1", "from": .jid(Self.peer), "sender_pn": .text(name)])
        #expect(try IncomingMessage(node, own: Self.own, now: Self.now).senderAlternative == nil)
    }

    @Test(arguments: ["", "\u{1F600}", "a b", "a\u{0}", String(repeating: "A", count: 129)])
    func idsThatCanNotBeKept(_ id: String) {
        #expect(throws: StanzaError.missing("id")) {
            try IncomingMessage(Node("message", ["id": .text(id), "t": "1", "from": .jid(Self.peer)]), own: Self.own, now: Self.now)
        }
    }

    @Test func deviceListsAreBoundedAndHoldEachDeviceOnce() {
        let devices = (0..<70_000).map { Node("device", ["id": .text(String($0 / 2)), "key-index": "1"]) }
        #expect(DeviceListAnswer(Node("devices", [:], [Node("device-list", [:], devices)]))?.devices.map(\.id) == Array(0..<50))
    }
}
