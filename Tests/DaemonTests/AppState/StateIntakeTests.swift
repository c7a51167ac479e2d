import CryptoPrimitives
import FoundationEssentials
import Model
import Signal
import Store
import SwiftProtobuf
import Testing
import WAProto
import WhatsApp

@testable import Daemon

@Suite struct StateIntakeTests {
    private let both: TwoSessions
    private let key = AppStateKey(id: [0, 0, 0, 0, 0, 1], data: [UInt8](repeating: 3, count: 32), timestamp: 1)
    private let number = JID(user: "96890000077", server: .phoneNumber)
    private let lid = JID(user: "7700", server: .lid)

    init() throws { both = try TwoSessions() }

    private var intake: AppStateIntake {
        AppStateIntake(collection: .criticalUnblockLow, session: both.aliceID, database: both.database)
    }

    private func storeKey() throws {
        _ = try both.database.appState.put(
            AppStateKeyRow(id: Hex.encode(key.id), data: key.data, fingerprint: [], timestamp: 1), session: both.aliceID)
    }

    private func take(_ bytes: [UInt8], version: UInt64, isLastTry: Bool = false) throws -> AppStateIntake.Outcome {
        var patch = try WASyncdPatch(serializedBytes: bytes)
        patch.version.version = version
        guard case .patch(let read) = try AppStatePatch.read(patch.serializedBytes()) else { throw AppStateError.malformed("patch") }
        return try both.database.transaction { try intake.take(read, isLastTry: isLastTry) }
    }

    private func contact(_ name: String?) -> AppStateMutation {
        let value = WASyncActionValue.with { value in
            name.map { value.contactAction.fullName = $0 }
            value.contactAction.lidJid = lid.description
        }
        return AppStateMutation(name == nil ? .remove : .set, index: ["contact", number.description], value: value, version: 2)
    }

    private var savedName: String? { get throws { try both.database.contacts.find(ContactAddress(lid), session: both.aliceID)?.savedName } }

    @Test func aNameComesAndGoes() throws {
        var rng = SystemRandomNumberGenerator()
        let writer = AppStatePatchWriter(.criticalUnblockLow, keys: MutationKeys(key))
        let (first, one) = try writer.write([contact("Ana")], on: .empty, known: [:], using: &rng)
        #expect(try take(first, version: 1) == .missingKey(Hex.encode(key.id)))
        #expect(try both.database.appState.load("critical_unblock_low", session: both.aliceID)?.missingKey == Hex.encode(key.id))
        try storeKey()
        #expect(try take(first, version: 1) == .taken(ownName: nil))
        #expect(try savedName == "Ana" && intake.knownVersion() == 1)
        #expect(try take(first, version: 1) == .taken(ownName: nil), "again")
        let known = one.valueMACs.compactMapValues(\.self)
        let (second, _) = try writer.write([contact(nil)], on: one.state, known: known, using: &rng)
        #expect(try take(second, version: 2) == .taken(ownName: nil))
        #expect(try savedName == nil && intake.knownVersion() == 2)
    }

    @Test func aWrongSumIsTriedOnceMoreAndThenOnlyRead() throws {
        var rng = SystemRandomNumberGenerator()
        try storeKey()
        let writer = AppStatePatchWriter(.criticalUnblockLow, keys: MutationKeys(key))
        let (bytes, _) = try writer.write([contact("Ana")], on: .empty, known: [:], using: &rng)
        var patch = try WASyncdPatch(serializedBytes: bytes)
        patch.snapshotMac[0] ^= 1
        let wrong: [UInt8] = try patch.serializedBytes()
        #expect(try take(wrong, version: 1) == .wrong(.mismatch(.snapshot)))
        #expect(try savedName == nil && intake.knownVersion() == nil)
        #expect(try take(wrong, version: 1, isLastTry: true) == .wrong(.mismatch(.snapshot)))
        #expect(try both.database.appState.load("critical_unblock_low", session: both.aliceID)?.status == .readOnly)
        #expect(try take(wrong, version: 1) == .taken(ownName: nil), "what verifies by itself counts")
        #expect(try savedName == "Ana")
    }

    @Test func keysAreAskedForOnceADay() throws {
        let (table, now) = (both.database.appState, both.now)
        let day: Int64 = 86_400_000
        #expect(try table.ask(forKey: "aa", notAfter: now.adding(milliseconds: -day), now: now, session: both.aliceID))
        #expect(try !table.ask(forKey: "aa", notAfter: now.adding(milliseconds: -day), now: now, session: both.aliceID))
        #expect(try table.ask(forKey: "aa", notAfter: now, now: now.adding(milliseconds: day), session: both.aliceID))
        #expect(try table.key("aa", session: both.aliceID) == nil && table.keyIDs(session: both.aliceID).isEmpty)
    }

    @Test func tokensGoWithMessages() throws {
        let table = both.database.privacyTokens
        let seconds = both.now.seconds
        func token() throws -> PrivacyToken? {
            try Session.token(for: lid, now: both.now, in: both.database, session: both.aliceID).token
        }
        func isOwed(_ person: JID) throws -> Bool {
            try Session.token(for: person, now: both.now, in: both.database, session: both.aliceID).isOwed
        }
        #expect(try token() == nil)
        #expect(try isOwed(lid) && isOwed(number))
        try table.setSalt([1, 2, 3], session: both.aliceID)
        #expect(try token() == .salted(for: lid, salt: [1, 2, 3]))
        try table.put([9], at: seconds - 30, lid: lid.user, session: both.aliceID)
        try table.put([8], at: seconds - 60, lid: lid.user, session: both.aliceID)
        try table.setGiven(at: seconds, lid: lid.user, session: both.aliceID)
        #expect(try token() == .given([9]), "the newest")
        #expect(try !isOwed(lid))
        try table.put([7], at: seconds, lid: "7701", session: both.aliceID)
        #expect(try Session.token(for: number, now: both.now, in: both.database, session: both.aliceID).token == nil)
        _ = try both.database.run("UPDATE wa_privacy_tokens SET token_at = token_at - 5 * 604800 WHERE lid = '\(lid.user)'")
        #expect(try token() == .salted(for: lid, salt: [1, 2, 3]), "an old one counts no more")
        let row = try #require(try table.load(lid: lid.user, session: both.aliceID))
        #expect(row.givenAt == seconds)
        try table.setSalt(nil, session: both.aliceID)
        #expect(try token() == nil)
    }
}
