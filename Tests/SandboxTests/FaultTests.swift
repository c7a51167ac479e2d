import Model
import Signal
import Testing
import WhatsApp

@testable import Sandbox

@Suite("Trouble on order") struct FaultTests {
    private let now = Timestamp(seconds: 1_790_000_000)
    private let device = DeviceAddress(number: "96890000001", device: 1)

    @Test func onlyAsManyMessagesAreDamagedAsWereOrdered() {
        var faults = Faults()
        faults.damage(1, for: device)
        let message = Node("message", ["id": "1"], [Node("enc", ["v": "2"], bytes: [0x33, 1, 2]), Node("meta", ["appdata": "default"])])
        let receipt = Node("receipt", ["id": "1"])
        #expect(faults.applied(to: receipt, for: device) == receipt)
        #expect(faults.applied(to: message, for: DeviceAddress(number: "96890000001", device: 2)) == message)
        let damaged = faults.applied(to: message, for: device)
        #expect(damaged.child("enc")?.bytes == [0x33, 1, 3])
        #expect(damaged.child("enc")?.string("v") == "2")
        #expect(damaged.child("meta") == message.child("meta"))
        #expect(faults.applied(to: message, for: device) == message)
    }

    @Test func noiseLosesNothingButWhatIsWithheld() {
        let messages = (0..<500).map { Node("message", ["id": .text("\($0)")]) }
        var first = Noise(Noise.Shares(duplicate: 10, reorder: 20, withhold: 5), seed: 7)
        var again = Noise(Noise.Shares(duplicate: 10, reorder: 20, withhold: 5), seed: 7)
        let written = messages.flatMap { first.shaped($0) } + first.takeHeld()
        #expect(written == messages.flatMap { again.shaped($0) } + again.takeHeld())
        let ids = written.compactMap { $0.string("id") }
        let missing = 500 - Set(ids).count
        #expect((5...60).contains(missing))
        #expect((20...90).contains(ids.count - Set(ids).count))
        #expect(ids != ids.sorted { Int($0) ?? 0 < Int($1) ?? 0 })
        #expect(!Noise.Shares(duplicate: 50, damage: 50).isValid)
        #expect(!Noise.Shares(duplicate: -1).isValid)
        #expect(first.shaped(Node("receipt", ["id": "r"])) == [Node("receipt", ["id": "r"])])
    }

    @Test func aNewInstallationHasAnotherIdentityAndKeepsTheNumber() throws {
        var world = try Network().world
        let added = world.addPhone(number: "96890000009", name: "Nora")
        let before = try #require(added)
        try world.reinstall("96890000009", now: now)
        let after = try #require(world["96890000009"])
        #expect(after.lid == before.lid)
        #expect(after.name == "Nora")
        #expect(after.identity.publicKey != before.identity.publicKey)
        #expect(world.service.accounts["96890000009"]?.identity == after.identity.publicKey)
        #expect(world.service.accounts["96890000009"]?.phoneKeys.oneTimeKeys.count == Phone.preKeyBatch)
    }

    @Test func withoutOneTimeKeysABundleIsStillHandedOut() throws {
        var world = try Network().world
        _ = world.addPhone(number: "96890000009", name: "Nora")
        try world.dropKeys(of: 0, number: "96890000009", now: now)
        let taken = world.service.takeBundle(of: .phone("96890000009"))
        let bundle = try #require(taken)
        #expect(bundle.preKey == nil)
        #expect(throws: ControlError.self) { try world.dropKeys(of: 7, number: "96890000009", now: now) }
        #expect(throws: ControlError.self) { try world.forgetSessions(of: "1", now: now) }
        #expect(throws: ControlError.self) { try world.setQuiet(true, "1", now: now) }
    }

    @Test func aPhoneThatLostItsSessionsHasNone() throws {
        var world = try Network().world
        _ = world.addPhone(number: "96890000008", name: "Nils")
        let added = world.addPhone(number: "96890000009", name: "Nora")
        let other = try #require(added)
        _ = try world.send("hello", from: "96890000008", to: "96890000009", now: now)
        let jid = JID(user: other.lid, server: .lid)
        #expect(world["96890000008"]?.hasSession(with: jid) == true)
        try world.forgetSessions(of: "96890000008", now: now)
        #expect(world["96890000008"]?.hasSession(with: jid) == false)
    }
}
