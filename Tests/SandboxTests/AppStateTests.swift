import CryptoPrimitives
import Model
import SwiftProtobuf
import Testing
import WAProto
import WhatsApp

@testable import Sandbox

/// What devices of an account share, and tokens between people.
@Suite final class AppStateTests {
    let network: Network
    let client: TestClient

    init() throws {
        network = try Network()
        _ = try network.addPhone("96890000001", "Amal")
        _ = try network.addPhone("96890000002", "Badr")
        client = TestClient(network)
    }

    private func ask(_ query: Query, _ id: String) throws -> CollectionAnswer {
        try client.send(query.node(id: id))
        return try CollectionAnswer(try client.take("iq") { $0.string("id") == id }, of: .criticalUnblockLow)
    }

    private func save(_ name: String?) throws {
        try network.change { world, now in try world.saveContact("96890000002", name: name, by: "96890000001", now: now) }
    }

    private func keys() throws -> MutationKeys {
        let data = try #require(network.world["96890000001"]?.settings?.keys[1])
        return MutationKeys(AppStateKey(id: PhoneSettings.id(1), data: data, timestamp: 0))
    }

    @Test func namesTravelAsPatches() throws {
        try client.pair(with: "96890000001")
        try client.settle()
        try save("Badr of the shop")
        let news = try client.take("notification") { $0.string("type") == "server_sync" }
        #expect(news.child("collection")?.string("version") == "1")
        try client.send(client.ack(news))
        let answer = try ask(CollectionQuery.fetch(.criticalUnblockLow, after: nil), "a1")
        guard case .patch(let patch) = try AppStatePatch.read(try #require(answer.patches.first)) else {
            Issue.record("no patch")
            return
        }
        let own = try keys()
        let update = try patch.apply(to: .empty, of: .criticalUnblockLow, keys: [own.id: own], known: [:], isStrict: true)
        let lid = network.world.service.accounts["96890000002"]?.lidJID
        #expect(
            AppStateEffect(update.mutations[0])
                == .contact(JID(user: "96890000002", server: .phoneNumber), other: lid, name: "Badr of the shop"))
        #expect(try ask(CollectionQuery.fetch(.criticalUnblockLow, after: 1), "a2").patches.isEmpty)
        #expect(try ask(CollectionQuery.fetch(.criticalUnblockLow, after: 9), "a3").errorCode == CollectionAnswer.notFound)
        #expect(network.missingAcks == [] && network.refused == [])
    }

    @Test func aStalePatchConflicts() throws {
        try client.pair(with: "96890000001")
        try client.settle()
        try save("One")
        let own = try keys()
        let change = AppStateMutation(
            .set, index: ["contact", "5@s.whatsapp.net"], value: .with { $0.contactAction.fullName = "Five" }, version: 2)
        let writer = AppStatePatchWriter(.criticalUnblockLow, keys: own)
        let (stale, _) = try writer.write([change], on: .empty, known: [:], using: &client.rng)
        let conflict = try ask(CollectionQuery.send(stale, to: .criticalUnblockLow, after: 0), "b1")
        #expect(conflict.errorCode == CollectionAnswer.conflict && conflict.patches.count == 1)
        guard case .patch(let patch) = try AppStatePatch.read(conflict.patches[0]) else { return }
        let update = try patch.apply(to: .empty, of: .criticalUnblockLow, keys: [own.id: own], known: [:], isStrict: true)
        let (fresh, _) = try writer.write([change], on: update.state, known: [:], using: &client.rng)
        #expect(try ask(CollectionQuery.send(fresh, to: .criticalUnblockLow, after: 1), "b2").errorCode == nil)
        // The phone has read it: the next one goes on from there.
        try save("Two")
        #expect(try ask(CollectionQuery.fetch(.criticalUnblockLow, after: 0), "b3").patches.count == 3)
        #expect(network.refused == [])
        #expect(try ask(CollectionQuery.send([1, 2], to: .criticalUnblockLow, after: 3), "b4").errorCode == 400)
    }

    @Test func moreThanFitsComesInParts() throws {
        try client.pair(with: "96890000001")
        for number in 0..<25 { try save("Name \(number)") }
        let first = try ask(CollectionQuery.fetch(.criticalUnblockLow, after: nil), "c1")
        #expect(first.patches.count == StoredCollection.answerLimit && first.hasMore)
        let second = try ask(CollectionQuery.fetch(.criticalUnblockLow, after: UInt64(first.patches.count)), "c2")
        #expect(second.patches.count == 5 && !second.hasMore)
    }

    @Test func strangersNeedAToken() throws {
        try client.pair(with: "96890000001")
        network.change { world, _ in world.service.accounts["96890000002"]?.refusesStrangers = true }
        let refused = try client.sendMessage(try client.compose("hello", id: "AAAA1", to: "96890000002"))
        #expect(refused.string("error") == "463")
        // Whoever was written to is no stranger, and has been given a token.
        _ = try network.change { world, now in try world.send("yes?", from: "96890000002", to: "96890000001", now: now) }
        let gift = try client.take("notification") { $0.string("type") == "privacy_token" }
        guard case .privacyToken(let news) = ServiceNotification(gift, own: nil) else {
            Issue.record("no token")
            return
        }
        #expect(news.tokens.count == 1 && news.lid?.user == network.world["96890000002"]?.lid)
    }
}
