import Model
import Store
import TestDatabase
import Testing

@Suite struct SealerTests {
    private let sealer = Sealer(key: DatabaseServer.testKey)
    private let place = SealedPlace("wa_pre_keys", "private_key", row: ["1", "7"])
    private let secret = (0..<32).map { UInt8($0) }

    @Test func opensWhereItWasSealed() throws {
        let sealed = try sealer.seal(secret, at: place)
        #expect(sealed.count == secret.count + Sealer.overhead)
        #expect(try sealer.open(sealed, at: place) == secret)
        #expect(try sealer.seal(secret, at: place) != sealed, "nonces repeat")
        #expect(try sealer.open(sealer.seal([], at: place), at: place) == [])
    }

    @Test func everyChangedByteIsNoticed() throws {
        let sealed = try sealer.seal(secret, at: place)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: StoreError.tampered(table: "wa_pre_keys", column: "private_key")) { try sealer.open(changed, at: place) }
        }
        for length in 0..<sealed.count {
            #expect(throws: StoreError.self) { try sealer.open(Array(sealed.prefix(length)), at: place) }
        }
    }

    @Test func doesNotOpenElsewhere() throws {
        let sealed = try sealer.seal(secret, at: place)
        for other in [
            SealedPlace("wa_pre_keys", "private_key", row: ["1", "8"]), SealedPlace("wa_pre_keys", "private_key", row: ["17"]),
            SealedPlace("wa_pre_keys", "private_key", row: ["17", ""]), SealedPlace("wa_signed_pre_keys", "private_key", row: ["1", "7"]),
            SealedPlace("wa_pre_keys", "signature", row: ["1", "7"]),
        ] {
            #expect(throws: StoreError.self) { try sealer.open(sealed, at: other) }
        }
        let otherKey = try #require(SecretKey(bytes: Array(1..<33)))
        #expect(throws: StoreError.self) { try Sealer(key: otherKey).open(sealed, at: place) }
    }

    @Test func aKeyCopiedToAnotherRowDoesNotOpen() throws {
        let test = try TestSession()
        let database = test.database
        try database.signal.insertPreKeys(
            [PreKeyRow(id: 1, privateKey: secret), PreKeyRow(id: 2, privateKey: secret.reversed())], session: test.id)
        #expect(try database.signal.preKey(id: 1, session: test.id)?.privateKey == secret)
        let stored = try #require(try database.run("SELECT private_key FROM wa_pre_keys WHERE key_id = 1").rows.first?.bytes("private_key"))
        _ = try database.run("UPDATE wa_pre_keys SET private_key = ? WHERE key_id = 2", [.bytes(stored)])
        #expect(throws: StoreError.tampered(table: "wa_pre_keys", column: "private_key")) {
            try database.signal.preKey(id: 2, session: test.id)
        }
    }
}
