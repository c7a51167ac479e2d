import CryptoPrimitives
import Foundation
import Model
import SwiftProtobuf
import Testing
import WAProto

@testable import WhatsApp

/// `appstate.json`.
private struct Vectors: Decodable {
    struct Key: Decodable { let key_id, key_data, index, value_encryption, value_mac, snapshot_mac, patch_mac: HexText }
    struct Mutation: Decodable {
        let operation, index_json: String
        let sync_action_data, iv, value_mac, index_mac, mutation: HexText
    }
    struct Patch: Decodable { let collection: String, version: UInt64, hash_after, patch: HexText }
    struct Snapshot: Decodable { let version: UInt64, bytes, expected_hash: HexText }
    struct Sum: Decodable {
        let base: String
        let add, sub: [HexText]
        let result: HexText
    }
    /// Lanes as they are, before and after.
    struct Lanes: Decodable {
        let base, input: HexText
        let add, subtract: HexText?
    }
    struct Chain: Decodable {
        let key_data, key_id, content1, content2, value_mac1, value_mac2, hash, snapshot_mac, patch_mac: HexText
        let collection: String
        let version: UInt64
    }
    let key: Key
    let mutations: [String: Mutation]
    let patches: [Patch]
    let snapshot: Snapshot
    let lthash: [Sum]
    let overflow: [Lanes]
    let rust_inputs: Chain
}

@Suite struct AppStateVectorTests {
    private let vectors: Vectors
    private let keys: MutationKeys
    private let collection = AppStateCollection.regularLow

    init() throws {
        vectors = try readVectors("appstate.json", as: Vectors.self)
        keys = MutationKeys(AppStateKey(id: vectors.key.key_id.bytes, data: vectors.key.key_data.bytes, timestamp: 0))
    }

    private func patch(_ bytes: [UInt8]) throws -> AppStatePatch {
        guard case .patch(let patch) = try AppStatePatch.read(bytes) else { throw AppStateError.malformed("external") }
        return patch
    }

    private func apply(_ patch: AppStatePatch, _ state: CollectionState, _ known: [[UInt8]: [UInt8]] = [:], strict: Bool = true) throws
        -> AppStateUpdate
    {
        try patch.apply(to: state, of: collection, keys: [keys.id: keys], known: known, isStrict: strict)
    }

    @Test func oneKeyGivesFive() {
        #expect(keys.index == vectors.key.index.bytes && keys.valueEncryption == vectors.key.value_encryption.bytes)
        #expect(keys.valueMAC == vectors.key.value_mac.bytes && keys.snapshotMAC == vectors.key.snapshot_mac.bytes)
        #expect(keys.patchMAC == vectors.key.patch_mac.bytes && "\(keys)" == "<160 bytes>")
        #expect(AppStateKey.epoch(of: keys.id) == 0x10001)
    }

    @Test func mutationsOpenAndAreWrittenAlike() throws {
        #expect(vectors.mutations.count == 7)
        for vector in vectors.mutations.values {
            let sealed = try SealedMutation(WASyncdMutation(serializedBytes: vector.mutation.bytes))
            #expect(sealed.indexMAC == vector.index_mac.bytes && sealed.valueMAC == vector.value_mac.bytes)
            let opened = try sealed.open(with: keys)
            #expect((opened.operation == .remove) == (vector.operation == "REMOVE"))
            #expect(CanonicalJSON.text(.array(opened.index.map(JSONValue.string))) == vector.index_json)
            let again = try SealedMutation(opened, keys: keys, iv: vector.iv.bytes)
            #expect(try again.open(with: keys).value == opened.value && again.indexMAC == sealed.indexMAC)
        }
    }

    @Test func sumsDoNotMindTheOrder() {
        var sum = LTHash()
        for vector in vectors.lthash {
            // Zeros, or what the vector before resulted in.
            if vector.base == "00*128" { sum = LTHash() }
            for value in vector.sub { sum.subtract(value.bytes) }
            for value in vector.add { sum.add(value.bytes) }
            #expect(sum.bytes == vector.result.bytes)
        }
        #expect(LTHash(sum.bytes) == sum && LTHash([1]) == nil)
    }

    @Test func lanesWrapAround() throws {
        #expect(vectors.overflow.count == 2)
        for vector in vectors.overflow {
            func filled(_ lanes: [UInt8]) -> [UInt8] { lanes + [UInt8](repeating: 0, count: LTHash.length - lanes.count) }
            var sum = try #require(LTHash(filled(vector.base.bytes)))
            let input = try #require(LTHash(filled(vector.input.bytes)))
            if vector.add != nil { sum.add(input) } else { sum.subtract(input) }
            #expect(try sum.bytes == filled(#require(vector.add ?? vector.subtract).bytes))
        }
    }

    @Test func codesOfAnotherImplementation() throws {
        let vector = vectors.rust_inputs
        let keys = MutationKeys(AppStateKey(id: vector.key_id.bytes, data: vector.key_data.bytes, timestamp: 0))
        let codes = [vector.content1, vector.content2].map { keys.valueMAC(of: $0.bytes, operation: .set) }
        #expect(codes == [vector.value_mac1.bytes, vector.value_mac2.bytes])
        var state = CollectionState(version: vector.version, hash: LTHash())
        for code in codes { state.hash.add(code) }
        #expect(state.hash.bytes == vector.hash.bytes)
        let collection = try #require(AppStateCollection(rawValue: vector.collection))
        let whole = state.snapshotMAC(of: collection, keys: keys)
        #expect(whole == vector.snapshot_mac.bytes)
        #expect(state.patchMAC(of: collection, snapshotMAC: whole, valueMACs: codes, keys: keys) == vector.patch_mac.bytes)
    }

    @Test func patchesFollowEachOther() throws {
        let (first, second) = (try patch(vectors.patches[0].patch.bytes), try patch(vectors.patches[1].patch.bytes))
        let one = try apply(first, .empty)
        #expect(one.state.hash.bytes == vectors.patches[0].hash_after.bytes && one.mutations.map { $0.index[0] } == ["pin_v1", "mute"])
        let known = one.valueMACs.compactMapValues(\.self)
        let two = try apply(second, one.state, known)
        #expect(two.state.hash.bytes == vectors.patches[1].hash_after.bytes && two.state.version == 2)
        #expect(two.valueMACs.values.count { $0 == nil } == 1 && two.emptyRemovals == 0)
        #expect(throws: AppStateError.versionGap(known: 0, patch: 2)) { try apply(second, .empty) }
        #expect(throws: AppStateError.mismatch(.snapshot), "a lost value") { try apply(second, one.state) }
        let lenient = try apply(second, one.state, strict: false)
        #expect(lenient.mutations.count == 2 && lenient.emptyRemovals == 1)
        let stranger = MutationKeys(AppStateKey(id: keys.id, data: [UInt8](repeating: 7, count: 32), timestamp: 0))
        #expect(throws: AppStateError.self) {
            try first.apply(to: .empty, of: collection, keys: [keys.id: stranger], known: [:], isStrict: true)
        }
        #expect(throws: AppStateError.missingKey(keys.id)) {
            try first.apply(to: .empty, of: collection, keys: [:], known: [:], isStrict: true)
        }
        #expect(throws: AppStateError.mismatch(.snapshot), "another collection") {
            try first.apply(to: .empty, of: .regular, keys: [keys.id: keys], known: [:], isStrict: true)
        }
    }

    @Test func aSnapshotIsTheSumOfItsRecords() throws {
        let snapshot = try AppStateSnapshot(vectors.snapshot.bytes.bytes)
        let update = try snapshot.apply(of: collection, keys: [keys.id: keys], isStrict: true)
        #expect(update.state.hash.bytes == vectors.snapshot.expected_hash.bytes && update.state.version == vectors.snapshot.version)
        #expect(throws: AppStateError.mismatch(.snapshot)) {
            try snapshot.apply(of: .regularHigh, keys: [keys.id: keys], isStrict: true)
        }
    }

    @Test func ownPatchesVerify() throws {
        var rng = SystemRandomNumberGenerator()
        let writer = AppStatePatchWriter(.criticalUnblockLow, keys: keys)
        let contact = AppStateMutation(
            .set, index: ["contact", "96890000002@s.whatsapp.net"], value: .with { $0.contactAction.fullName = "Ana/\"Ñ\"" }, version: 2)
        let (bytes, written) = try writer.write([contact, contact], on: .empty, known: [:], using: &rng)
        var sent = try WASyncdPatch(serializedBytes: bytes)
        // The service numbers it.
        sent.version.version = 1
        let read = try patch(sent.serializedBytes())
        let update = try read.apply(to: .empty, of: .criticalUnblockLow, keys: [keys.id: keys], known: [:], isStrict: true)
        #expect(update.state == written.state && update.valueMACs.count == 1)
        #expect(
            AppStateEffect(update.mutations[1])
                == .contact(JID(user: "96890000002", server: .phoneNumber), other: nil, name: "Ana/\"Ñ\""))
    }

    @Test func whateverIsChangedIsNoticed() throws {
        let whole = vectors.patches[0].patch.bytes
        for offset in stride(from: 0, to: whole.count, by: 3) {
            var bytes = whole
            bytes[offset] ^= 0x10
            // Parts that nothing depends on may change; what is accepted says the same.
            guard let changed = try? patch(bytes), let update = try? apply(changed, .empty) else { continue }
            #expect(update.state.hash.bytes == vectors.patches[0].hash_after.bytes)
        }
        for length in 0..<whole.count { _ = try? patch(Array(whole.prefix(length))) }
        #expect(throws: AppStateError.stopped(code: 4)) {
            try AppStatePatch.read(WASyncdPatch.with { $0.exitCode.code = 4 }.serializedBytes())
        }
        let short = WASyncdPatch.with {
            $0.keyID.id = Data([1])
            $0.mutations = [.with { $0.record.keyID.id = Data([1]); $0.record.index.blob = Data(repeating: 0, count: 32) }]
        }
        #expect(throws: AppStateError.malformed("value")) { try AppStatePatch.read(short.serializedBytes()) }
    }
}

@Suite struct AppStateEffectTests {
    private func effect(
        _ index: [String], _ operation: AppStateMutation.Operation = .set, _ fill: (inout WASyncActionValue) -> Void = { _ in }
    ) -> AppStateEffect? {
        AppStateEffect(AppStateMutation(operation, index: index, value: .with(fill), version: 1))
    }

    @Test func whatConcernsUs() {
        let (number, lid) = (JID(user: "968", server: .phoneNumber), JID(user: "77", server: .lid))
        #expect(effect(["setting_pushName"]) { $0.pushNameSetting.name = "Shop" } == .pushName("Shop"))
        #expect(
            effect(["contact", "968@s.whatsapp.net"]) { $0.contactAction = .with { $0.firstName = "A"; $0.lidJid = "77@lid" } }
                == .contact(number, other: lid, name: "A"))
        #expect(effect(["contact", "968@s.whatsapp.net"], .remove) == .contact(number, other: nil, name: nil))
        #expect(effect(["lid_contact", "77@lid"]) { $0.lidContactAction.fullName = "B" } == .contact(lid, other: nil, name: "B"))
        #expect(effect(["pnForLidChat", "77@lid"]) { $0.pnForLidChatAction.pnJid = "968@s.whatsapp.net" } == .pair(number: number, lid: lid))
        #expect(effect(["nct_salt_sync"]) { $0.nctSaltSyncAction.salt = Data([1]) } == .tokenSalt([1]))
        #expect(effect(["nct_salt_sync"], .remove) == .tokenSalt(nil))
    }

    @Test func whatDoesNot() {
        #expect(effect([]) == nil && effect(["archive", "1@g.us"]) == nil && effect(["contact"]) == nil)
        #expect(effect(["contact", "968@s.whatsapp.net"]) == nil, "another value than the index promises")
        #expect(effect(["contact", "abc@s.whatsapp.net"]) { $0.contactAction.fullName = "A" } == nil)
        #expect(effect(["contact", "1@g.us"]) { $0.contactAction.fullName = "A" } == nil)
        #expect(effect(["pnForLidChat", "77@lid"]) { $0.pnForLidChatAction.pnJid = "78@lid" } == nil)
        #expect(effect(["nct_salt_sync"]) { $0.nctSaltSyncAction.salt = Data(repeating: 1, count: 129) } == nil)
        #expect(effect(["setting_pushName"]) == nil)
    }
}
