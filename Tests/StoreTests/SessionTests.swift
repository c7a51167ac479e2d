import Model
import Store
import TestDatabase
import Testing

@Suite struct SessionTests {
    @Test func anOldOwnerCanNotWrite() throws {
        let test = try TestSession()
        let (sessions, id) = (test.database.sessions, test.id)
        let first = try #require(try sessions.acquireLease(owner: "a", seconds: 30, id: id))
        #expect(try sessions.acquireLease(owner: "b", seconds: 30, id: id) == nil)
        try sessions.renewLease(owner: "a", fence: first, seconds: 30, id: id)
        try test.database.transaction { try sessions.checkFence(first, id: id) }
        #expect(throws: StoreError.leaseLost, "outside of a transaction") { try sessions.checkFence(first, id: id) }
        _ = try test.database.run("UPDATE wa_sessions SET lease_expires_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND")
        let second = try #require(try sessions.acquireLease(owner: "b", seconds: 30, id: id))
        #expect(second == first + 1)
        #expect(throws: StoreError.leaseLost) { try sessions.renewLease(owner: "a", fence: first, seconds: 30, id: id) }
        #expect(throws: StoreError.leaseLost) { try test.database.transaction { try sessions.checkFence(first, id: id) } }
        try sessions.releaseLease(owner: "a", fence: first, id: id)
        try test.database.transaction { try sessions.checkFence(second, id: id) }
        try sessions.releaseLease(owner: "b", fence: second, id: id)
        #expect(try sessions.acquireLease(owner: "c", seconds: 30, id: id) == second + 1)
        #expect(try sessions.acquireLease(owner: "c", seconds: 30, id: 99) == nil)
    }

    @Test func nobodyTakesASessionInTheMiddleOfATransaction() throws {
        let test = try TestSession()
        let other = try test.secondConnection()
        let fence = try #require(try test.database.sessions.acquireLease(owner: "a", seconds: 0, id: test.id))
        _ = try other.run("SET SESSION innodb_lock_wait_timeout = 1")
        try test.database.transaction {
            try test.database.sessions.checkFence(fence, id: test.id)
            #expect(throws: StoreError.lockTimeout) { try other.sessions.acquireLease(owner: "b", seconds: 30, id: test.id) }
        }
        #expect(try other.sessions.acquireLease(owner: "b", seconds: 30, id: test.id) == fence + 1)
    }

    @Test func theRowTellsTheState() throws {
        let test = try TestSession()
        let (sessions, id) = (test.database.sessions, test.id)
        #expect(try sessions.setWanted(.connected, id: id, pairingPhone: "96890000001"))
        try sessions.setStatus(.qrReady, qr: ("2@abc", test.now), id: id)
        var row = try #require(try sessions.find(name: "default"))
        #expect(
            row.status == .qrReady && row.qr == "2@abc" && row.qrExpiresAt == test.now && row.wanted == .connected
                && row.pairingPhone == "96890000001")
        try sessions.setConnected(
            jid: JID(user: "968", server: .phoneNumber, device: 2), lid: JID(user: "1", server: .lid, device: 2), pushName: "Shop",
            at: test.now, id: id)
        row = try #require(try sessions.find(id: id))
        #expect(row.status == .connected && row.qr == nil && row.jid?.description == "968:2@s.whatsapp.net" && row.phoneNumber == "968")
        #expect(row.connectedAt == test.now && row.lastSeenAt == test.now && row.pushName == "Shop" && row.reason == nil)
        try sessions.setStatus(.disconnected, reason: .connectionLost, id: id)
        row = try #require(try sessions.find(id: id))
        #expect(row.connectedAt == nil && row.reason == .connectionLost && row.jid != nil)
        #expect(try sessions.setWanted(.disconnected, id: 99) == false)
    }

    private func key(_ byte: UInt8) -> [UInt8] { Array(repeating: byte, count: 32) }

    private func pair(_ test: TestSession) throws {
        let credentials = CredentialsRow(registrationID: .max, noisePrivateKey: key(1), identityPrivateKey: key(2), advSecret: key(3))
        try test.database.credentials.insert(credentials, session: test.id)
        try test.database.credentials.addSignedPreKey(
            SignedPreKeyRow(id: 1, privateKey: key(4), signature: key(5) + key(6)), session: test.id)
        try test.database.credentials.offerSignedPreKey(id: 1, session: test.id)
        try test.database.credentials.savePairing(
            jid: JID(user: "968", server: .phoneNumber, device: 2), lid: nil, account: [9, 9], platform: "android", businessName: nil,
            at: test.now,
            session: test.id)
    }

    @Test func credentialsSurvive() throws {
        let test = try TestSession()
        #expect(try test.database.credentials.load(session: test.id) == nil)
        #expect(throws: StoreError.reference) {
            try test.database.credentials.savePairing(
                jid: JID(user: "968", server: .phoneNumber), lid: nil, account: [], platform: nil, businessName: nil, at: test.now,
                session: test.id)
        }
        try pair(test)
        try test.database.credentials.setAdvSecret(key(7), session: test.id)
        let row = try #require(try test.database.credentials.load(session: test.id))
        #expect(row.registrationID == .max && row.noisePrivateKey == key(1) && row.identityPrivateKey == key(2) && row.advSecret == key(7))
        #expect(row.account == [9, 9] && row.isPaired && row.signedPreKeyID == 1)
        #expect("\(row)" == "<96 bytes>")
        #expect(try test.database.credentials.signedPreKey(id: 1, session: test.id)?.signature == key(5) + key(6))
        try test.database.credentials.addSignedPreKey(
            SignedPreKeyRow(id: 2, privateKey: key(8), signature: key(5) + key(6)), session: test.id)
        let credentials = test.database.credentials
        var newest = try #require(try credentials.newestSignedPreKey(session: test.id))
        #expect(newest.id == 2 && !newest.isInUse)
        #expect(try credentials.load(session: test.id)?.signedPreKeyID == 1, "in use once it is confirmed")
        try credentials.deleteSignedPreKey(id: 1, session: test.id)
        try credentials.deleteSignedPreKey(id: 2, session: test.id)
        newest = try #require(try credentials.newestSignedPreKey(session: test.id))
        #expect(newest.id == 1 && newest.isInUse, "a key in use stays")
    }

    @Test func preKeyNumbersCountOnAndAround() throws {
        let test = try TestSession()
        try pair(test)
        #expect(try test.database.credentials.takePreKeyIDs(3, session: test.id) == [1, 2, 3])
        _ = try test.database.run("UPDATE wa_credentials SET next_pre_key_id = 16777214")
        #expect(try test.database.credentials.takePreKeyIDs(3, session: test.id) == [16_777_214, 16_777_215, 1])
        let keys = (1...812).map { PreKeyRow(id: UInt32($0), privateKey: key(UInt8($0 % 256))) }
        try test.database.signal.insertPreKeys(keys, session: test.id)
        #expect(try test.database.signal.preKeyCount(session: test.id) == 812)
        try test.database.signal.markUploaded((1...800).map(UInt32.init), session: test.id)
        #expect(try test.database.signal.preKeysNotUploaded(limit: 5, session: test.id) == Array(keys[800..<805]))
        try test.database.signal.removePreKey(id: 1, session: test.id)
        #expect(try test.database.signal.preKey(id: 1, session: test.id) == nil)
        #expect(throws: StoreError.duplicate) {
            try test.database.signal.insertPreKeys([PreKeyRow(id: 900, privateKey: key(1)), keys[5]], session: test.id)
        }
        #expect(try test.database.signal.preKey(id: 900, session: test.id) == nil, "half a batch was stored")
    }

    @Test func sessionsMoveToTheLID() throws {
        let test = try TestSession()
        let signal = test.database.signal
        for address in ["4917.0", "4917.2", "49170.0", "1_1.2"] {
            try signal.saveRecord(Array(address.utf8), address: address, session: test.id)
            try signal.saveIdentity(key(UInt8(address.utf8.count)), address: address, session: test.id)
        }
        try signal.moveSessions(fromUser: "4917", toUser: "1_1", session: test.id)
        #expect(try signal.record(address: "1_1.0", session: test.id) == Array("4917.0".utf8))
        #expect(try signal.record(address: "1_1.2", session: test.id) == Array("1_1.2".utf8), "the LID's own record is kept")
        #expect(try signal.record(address: "4917.0", session: test.id) == nil)
        #expect(try signal.record(address: "49170.0", session: test.id) == Array("49170.0".utf8))
        #expect(try signal.identity(address: "1_1.0", session: test.id) == key(6))
        #expect(try signal.identity(address: "4917.2", session: test.id) == nil)
        #expect(try signal.addressesWithRecord(of: "1_1", session: test.id) == ["1_1.0", "1_1.2"])
    }

    @Test func deviceListsSurvive() throws {
        let test = try TestSession()
        let user = JID(user: "1234", server: .lid, device: 4)
        let list = DeviceListRow(
            devices: [.init(id: 0), .init(id: 5, keyIndex: 3), .init(id: .max, keyIndex: .max)], rawID: .max,
            keyIndexTimestamp: 1_700_000_000, fetchedAt: test.now)
        try test.database.devices.save(list, user: user, session: test.id)
        #expect(try test.database.devices.load(users: [user.bare], session: test.id) == [user.bare: list])
        _ = try test.database.run("UPDATE wa_devices SET devices = '0 x:1'")
        #expect(throws: StoreError.malformed("devices")) { try test.database.devices.load(users: [user], session: test.id) }
        try test.database.devices.delete(user: user, session: test.id)
        #expect(try test.database.devices.load(users: [user], session: test.id).isEmpty)
    }

    @Test func logoutClearsTheDeviceAndKeepsTheLog() throws {
        let test = try TestSession()
        try pair(test)
        guard case .stored(let row) = try test.database.outbox.enqueue(test.text(to: "96890000001", id: "A"), now: test.now) else {
            Issue.record("not stored")
            return
        }
        try test.database.signal.saveRecord([1], address: "1.0", session: test.id)
        try test.database.sessions.wipe(id: test.id, at: test.now)
        #expect(try test.database.credentials.load(session: test.id) == nil)
        #expect(try test.database.signal.record(address: "1.0", session: test.id) == nil)
        #expect(try test.database.sessions.find(id: test.id)?.jid == nil)
        #expect(try test.database.outbox.find(id: row.id)?.status == .failed)
        let message = try #require(try test.database.messages.find("A", session: test.id))
        #expect(message.status == .failed && message.errorCode == "logged_out" && message.ownJID == "96890000000:3@s.whatsapp.net")
        try test.database.sessions.wipe(id: test.id, purge: true, at: test.now)
        #expect(try test.database.messages.find("A", session: test.id) == nil)
        #expect(try test.database.contacts.page(1, limit: 1, filter: ContactFilter(), session: test.id).total == 0)
    }
}
