import FoundationEssentials
import Model
import Signal
import Testing
import WhatsApp

@testable import Sandbox

@Suite("Parts of the sandbox")
struct PartsTests {
    @Test func journalKeepsTheNewestLinesWithTheirNumbers() {
        var journal = Journal()
        let now = Timestamp(seconds: 0)
        for number in 1...(Journal.capacity * 2) { journal.add(.stanza, "x", "\(number)", now: now) }
        #expect(journal.count == Journal.capacity * 2)
        #expect(journal.lines.count >= Journal.capacity)
        #expect(journal.after(journal.count - 2).map(\.text) == ["\(journal.count - 1)", "\(journal.count)"])
        #expect(journal.after(journal.count) == [])
        #expect(journal.after(0, limit: 1).first?.number == journal.lines.first?.number)
    }

    @Test func participantHashOfTheVectors() throws {
        struct Vector: Decodable { let devices: [String]; let phash: String }
        struct Vectors: Decodable { let phash: [Vector] }
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/messages.json")
        let vectors = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file)).phash
        #expect(vectors.count >= 4)
        for vector in vectors {
            // The constant agent, user.0:device, is dropped on parsing.
            #expect(Sandbox.ParticipantHash.of(try vector.devices.map { try #require(JID(parsing: $0)) }) == vector.phash)
        }
    }

    @Test func controlRequestsAreTakenApart() {
        let request = ControlRequest(method: "GET", target: "/phones/968%20%zz/messages?after=3&wait=&x", body: [])
        #expect(request.path == ["phones", "968 %zz", "messages"])
        #expect(request.query == ["after": "3", "wait": "", "x": ""])
        #expect(throws: ControlError.badRequest("wait is no number")) { try request.number("wait") }
        #expect((try? request.number("after")) == 3)
        #expect((try? request.number("other")) == 0)
    }

    @Test func bigEndianNumbers() {
        #expect(UInt32(bigEndian: [1, 2, 3], count: 3) == 0x010203)
        #expect(UInt32(bigEndian: [1, 2], count: 3) == nil)
        #expect(UInt32(bigEndian: [1, 2, 3, 4, 5], count: 5) == nil)
        #expect(UInt32(0x010203).bigEndianBytes(3) == [1, 2, 3])
    }

    @Test func aRegisterRefusesAnIdForTwoKeys() throws {
        var rng = Randomness.seeded(3)
        let (_, account) = Phone.register(number: "1", name: "x", lid: "2", using: &rng)
        var register = account.phoneKeys
        let key = PreKeyRegister.OneTimeKey(id: 5, key: KeyPair.generate(using: &rng).publicKey)
        try register.add([key])
        try register.add([key])
        #expect(register.oneTimeKeys.count == 1)
        #expect(throws: Refusal.self) { try register.add([PreKeyRegister.OneTimeKey(id: 5, key: KeyPair.generate(using: &rng).publicKey)]) }
        #expect(register.takeBundle().preKey?.id == 5)
        #expect(throws: Refusal.self) { try register.add([key]) }
        #expect(register.gaveOut(preKey: 5, signedKey: 1))
        #expect(!register.gaveOut(preKey: 6, signedKey: 1))
        #expect(!register.gaveOut(preKey: nil, signedKey: 2))
    }

    @Test func theQueueDropsTheOldestBeyondItsLimit() {
        var queue = DeliveryQueue()
        let stanzas = (0..<3).map { Node("receipt", ["id": .text("\($0)")]) }
        #expect(queue.append(stanzas[0], offline: true, limit: 2) == nil)
        #expect(queue.append(stanzas[1], offline: true, limit: 2) == nil)
        #expect(queue.append(stanzas[2], offline: true, limit: 2) == stanzas[0])
        #expect(queue.entries.map(\.id) == ["1", "2"])
    }

    @Test func certificatesForTheListener() throws {
        let issued = try TLSAuthority.issue(serial: 7)
        for pem in [issued.authority, issued.certificate] {
            #expect(pem.hasPrefix("-----BEGIN CERTIFICATE-----\n") && pem.hasSuffix("-----END CERTIFICATE-----\n"))
        }
        #expect(issued.key.contains("PRIVATE KEY"))
        #expect(issued.authority != issued.certificate)
    }
}
