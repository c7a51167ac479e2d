import CryptoPrimitives
import Model
import Signal
import Testing
import WhatsApp

@testable import Sandbox

@Suite("The key register and device lists")
struct KeyRegisterTests {
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

    private func fetch(_ jid: JID) throws -> Node {
        let answer = try client.query("encrypt", "get", [Node("key", [:], [Node("user", ["jid": .jid(jid)])])])
        return try #require(answer.child("list")?.child("user"))
    }

    private func count() throws -> String? { try client.query("encrypt", "get", [Node("count")]).child("count")?.string("value") }

    @Test func everyOneTimeKeyGoesOutOnce() throws {
        let own = try #require(client.lid)
        let before = try #require(Int(try count() ?? ""))
        var ids: Set<[UInt8]> = []
        for _ in 0..<before {
            let user = try fetch(own)
            #expect(user.child("device-identity") != nil)
            #expect(ids.insert(try #require(user.child("key")?.child("id")?.bytes)).inserted)
        }
        #expect(try count() == "0")
        #expect(try fetch(own).child("key") == nil)
        // Told once that keys run low, until the next upload.
        let told = client.inbox.filter { $0.tag == "notification" && $0.string("type") == "encrypt" }
        #expect(told.count == 1)
        #expect(told.first?.child("count")?.string("value") == "4")
    }

    @Test func thePhoneIsFetchedByEitherAddress() throws {
        let account = try #require(network.world.service.accounts["96890000002"])
        for jid in [account.lidJID, account.phoneNumberJID] {
            let user = try fetch(jid)
            #expect(user.jid("jid") == jid)
            #expect(user.child("device-identity") == nil)
            let bundle = try TestClient.bundle(user)
            #expect(bundle.identity == account.identity)
            #expect(bundle.identity.verifies(bundle.signedPreKeySignature, of: bundle.signedPreKey.typed))
        }
        #expect(try fetch(account.lidJID.withDevice(7)).child("error")?.string("code") == "406")
        #expect(try fetch(JID(user: "1", server: .lid)).child("error")?.string("code") == "406")
    }

    @Test func anUploadIsTakenInAnyOrder() throws {
        let key = [UInt8](repeating: 3, count: 32)
        #expect(try client.upload([(500, key)]) { $0.swapAt(0, 2) }.string("type") == "result")
    }

    @Test func badUploads() throws {
        func refused(_ keys: [(UInt32, [UInt8])], _ change: (inout [Node]) -> Void = { _ in }) throws -> Bool {
            try client.upload(keys, change).string("type") == "error"
        }
        let key = [UInt8](repeating: 3, count: 32)
        let before = try count()
        #expect(try refused([]))
        #expect(try refused([(0, key)]))
        #expect(try refused([(500, Array(key.dropLast()))]))
        #expect(try refused([(500, key), (500, key)]))
        #expect(try refused([(1, key)]), "id 1 stands for another key")
        #expect(try refused([(500, key)]) { $0[0] = Node("registration", bytes: [0, 0, 0, 1]) })
        #expect(try refused([(500, key)]) { $0[1] = Node("type", bytes: [4]) })
        #expect(try refused([(500, key)]) { $0[2] = Node("identity", bytes: key) })
        #expect(try refused([(500, key)]) { $0[4] = Node("skey", [:], [Node("id", bytes: [0, 0, 1])]) })
        #expect(
            try refused([(500, key)]) { nodes in
                nodes[4].content = .nodes(
                    nodes[4].children.map { $0.tag == "signature" ? Node("signature", bytes: [UInt8](repeating: 1, count: 64)) : $0 })
            })
        #expect(try count() == before)
        #expect(!(try refused([(500, key)])))
    }

    @Test func digest() throws {
        let digest = try #require(try client.query("encrypt", "get", [Node("digest")]).child("digest"))
        let register = try #require(network.world.service[DeviceAddress(number: "96890000001", device: 1)]?.keys)
        let signed = client.signedPreKey
        let expected = SHA1.hash(
            client.identity.publicKey.bytes + signed.keyPair.publicKey.bytes + signed.signature + register.oneTimeKeys.flatMap(\.key.bytes))
        #expect(digest.child("hash")?.bytes == expected)
        #expect(digest.child("list")?.children.count == register.oneTimeKeys.count)
    }

    @Test func deviceListsNameLinkedDevicesAndLID() throws {
        let devices = try client.devices(of: JID(user: "96890000001", server: .phoneNumber))
        #expect(devices.map(\.device) == [0, 1])
        #expect(devices.first?.user == client.lid?.user)
    }

    @Test func whoExists() throws {
        let users = ["+96890000002", "96890000002@c.us", "+12025550199"].map { Node("user", [:], [Node("contact", text: $0)]) }
        let usync = Node(
            "usync", ["sid": "s", "mode": "query", "context": "interactive", "last": "true", "index": "0"],
            [Node("query", [:], [Node("contact", ["addressing_mode": "lid"])]), Node("list", [:], users)])
        let answers = try client.query("usync", "get", [usync]).child("usync")?.child("list")?.children ?? []
        #expect(answers.map { $0.child("contact")?.string("type") } == ["in", "in", "out"])
        #expect(answers.map { $0.child("contact")?.text } == ["+96890000002", "96890000002@c.us", "+12025550199"])
        #expect(answers.first?.jid("jid") == network.world.service.accounts["96890000002"]?.lidJID)
        #expect(answers.first?.jid("pn_jid")?.user == "96890000002")
    }

    @Test func aNewDeviceIsAnnouncedToThoseWhoAskedForTheList() throws {
        _ = try client.devices(of: JID(user: "96890000002", server: .phoneNumber))
        let other = TestClient(network, seed: 51)
        try other.pair(with: "96890000002")
        let notification = try client.take("notification") { $0.string("type") == "devices" }
        let add = try #require(notification.child("add"))
        let account = try #require(network.world.service.accounts["96890000002"])
        #expect(add.child("device")?.jid("lid") == account.lidJID.withDevice(1))
        #expect(add.string("device_lid_hash") == Sandbox.ParticipantHash.of([account.lidJID, account.lidJID.withDevice(1)]))
        try client.send(client.ack(notification))
        try network.change { world, now in try world.unlink(1, of: "96890000002", now: now) }
        #expect(try client.take("notification").child("remove")?.child("device")?.jid("lid") == account.lidJID.withDevice(1))
        #expect(try other.take("stream:error").child("conflict")?.string("type") == "device_removed")
        try other.login()
        #expect(other.inbox.first?.string("reason") == "401")
    }

    @Test func unknownQueriesAreErrorsThatAreNamed() throws {
        #expect(try client.query("w:nonsense", "get", []).child("error")?.string("code") == "501")
        #expect(network.refused.contains { $0.contains("501 for <iq xmlns=w:nonsense") })
    }

    @Test func smallQueries() throws {
        #expect(try client.query("w:p", "get", []).string("type") == "result")
        #expect(try client.query("abt", "get", [Node("props", ["protocol": "1"])]).child("props") != nil)
        #expect(
            try client.query("privacy", "get", [Node("privacy")]).child("privacy")?.children.contains {
                $0.string("name") == "readreceipts"
            } == true)
        #expect(try client.query("blocklist", "get", []).child("list") != nil)
        #expect(try client.query("urn:xmpp:whatsapp:dirty", "set", [Node("clean", ["type": "groups"])]).string("type") == "result")
        let collections = ["critical_block", "regular"].map { Node("collection", ["name": .text($0), "return_snapshot": "true"]) }
        let synced = try client.query("w:sync:app:state", "set", [Node("sync", [:], collections)]).child("sync")?.children
        #expect(synced?.map { $0.string("version") } == ["0", "0"])
        #expect(network.refused == [])
    }

    @Test func logout() throws {
        let jid = try #require(client.jid)
        let answer = try client.query("md", "set", [Node("remove-companion-device", ["jid": .jid(jid), "reason": "user_initiated"])])
        #expect(answer.string("type") == "result")
        network.advance(seconds: 1)
        #expect(client.isClosed)
        #expect(network.world.service.accounts["96890000001"]?.devices.isEmpty == true)
    }
}
