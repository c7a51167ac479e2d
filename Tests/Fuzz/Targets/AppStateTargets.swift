import CryptoPrimitives
import struct FoundationEssentials.Data
import Model
import SwiftProtobuf
import WAProto
@testable import WhatsApp

/// The settings that the devices of an account share.
extension FuzzTarget {
    /// Damaged patches, with their changes inside or in a file, upon the state that they belong to.
    static let appStatePatch = FuzzTarget(
        name: "app-state-patch", seeds: { try VectorBytes.all(["patch"], in: "appstate.json") },
        prepare: {
            let keys = try appStateKeys()
            guard case .patch(let first) = try AppStatePatch.read(VectorBytes.one("patch", in: "appstate.json")) else {
                throw FuzzFinding(rule: "the vectors hold patches")
            }
            let one = try first.apply(to: .empty, of: .regularLow, keys: keys, known: [:], isStrict: true)
            let known = one.valueMACs.compactMapValues(\.self)
            return { input, rng in
                guard let reading = try? AppStatePatch.read(input) else { return }
                let patch: AppStatePatch
                switch reading {
                case .patch(let inside): patch = inside
                case .external(let outer, _):
                    guard let joined = try? AppStatePatch.read(outer, file: Mutator(seeds: [input]).input(using: &rng)) else { return }
                    patch = joined
                }
                for (state, known) in [(CollectionState.empty, [:]), (one.state, known)] {
                    let isStrict = Bool.random(using: &rng)
                    guard let update = try? patch.apply(to: state, of: .regularLow, keys: keys, known: known, isStrict: isStrict) else {
                        continue
                    }
                    try check(update)
                    guard update.state.version == state.version + 1 else { throw FuzzFinding(rule: "versions are counted") }
                }
            }
        })

    static let appStateSnapshot = FuzzTarget(
        name: "app-state-snapshot",
        seeds: { [try VectorBytes.one("bytes", in: "appstate.json")] + (try VectorBytes.all(["mutation"], in: "appstate.json")) },
        prepare: {
            let keys = try appStateKeys()
            let genuine = try AppStateSnapshot(VectorBytes.one("bytes", in: "appstate.json"))
                .apply(of: .regularLow, keys: keys, isStrict: true)
            return { input, rng in
                guard let snapshot = try? AppStateSnapshot(input) else { return }
                let isStrict = Bool.random(using: &rng)
                guard let update = try? snapshot.apply(of: .regularLow, keys: keys, isStrict: isStrict) else { return }
                try check(update)
                // The sum covers every value; only the order and unknown fields are free.
                guard !isStrict || update.state == genuine.state else { throw FuzzFinding(rule: "a changed snapshot is accepted") }
            }
        })

    /// What stands in a change, behind MACs that hold: the phone, or another linked device, is hostile.
    static let appStateChange = FuzzTarget(
        name: "app-state-change",
        seeds: { try VectorBytes.all(["sync_action_data"], in: "appstate.json") + (try changes()) },
        prepare: {
            guard let keys = try appStateKeys().values.first else { throw FuzzFinding(rule: "there is a key") }
            let iv = [UInt8](repeating: 1, count: AESCBC.ivLength)
            return { input, rng in
                let content = iv + (try AESCBC.encrypt(input, key: keys.valueEncryption, iv: iv))
                let index = (try? WASyncActionData(serializedBytes: input)).map { Array($0.index) } ?? []
                let mutation = WASyncdMutation.with {
                    $0.operation = Bool.random(using: &rng) ? .set : .remove
                    let operation: AppStateMutation.Operation = $0.operation == .remove ? .remove : .set
                    $0.record.keyID.id = Data(keys.id)
                    $0.record.index.blob = Data(keys.indexMAC(of: index))
                    $0.record.value.blob = Data(content + keys.valueMAC(of: content, operation: operation))
                }
                guard let opened = try? SealedMutation(mutation).open(with: keys), let effect = AppStateEffect(opened) else { return }
                try check(effect)
            }
        })

    private static func appStateKeys() throws -> [[UInt8]: MutationKeys] {
        let id = try VectorBytes.one("key_id", in: "appstate.json")
        return [id: MutationKeys(AppStateKey(id: id, data: try VectorBytes.one("key_data", in: "appstate.json"), timestamp: 0))]
    }

    private static func check(_ update: AppStateUpdate) throws {
        guard update.valueMACs.allSatisfy({ $0.key.count == 32 && ($0.value?.count ?? 32) == 32 }) else {
            throw FuzzFinding(rule: "MACs fit into the database")
        }
        for mutation in update.mutations { try AppStateEffect(mutation).map(check) }
    }

    private static func check(_ effect: AppStateEffect) throws {
        var people: [JID?] = []
        switch effect {
        case .contact(let person, let other, _): people = [person, other]
        case .pair(let number, let lid):
            people = [number, lid]
            guard !number.isLID, lid.isLID else { throw FuzzFinding(rule: "a pair is a number and a LID") }
        case .tokenSalt(let salt):
            guard salt?.count ?? 1 <= AppStateEffect.maximumSaltLength else { throw FuzzFinding(rule: "salts are bounded") }
        case .pushName: break
        }
        guard people.allSatisfy({ $0?.isWellFormed ?? true }) else { throw FuzzFinding(rule: "addresses fit into the database") }
    }

    /// One change of each kind that has an effect.
    private static func changes() throws -> [[UInt8]] {
        let values: [(String, WASyncActionValue)] = [
            (
                #"["contact","96890000002@s.whatsapp.net"]"#,
                .with {
                    $0.contactAction.fullName = "A B"
                    $0.contactAction.lidJid = "2002@lid"
                }
            ),
            (#"["lid_contact","2002@lid"]"#, .with { $0.lidContactAction.firstName = "A" }),
            (#"["setting_pushName"]"#, .with { $0.pushNameSetting.name = "Shop" }),
            (#"["pnForLidChat","2002@lid"]"#, .with { $0.pnForLidChatAction.pnJid = "96890000002@s.whatsapp.net" }),
            (#"["nct_salt_sync"]"#, .with { $0.nctSaltSyncAction.salt = Data(repeating: 1, count: 32) }),
        ]
        return try values.map { index, value in
            try WASyncActionData.with {
                $0.index = Data(index.utf8)
                $0.value = value
            }.serializedBytes()
        }
    }
}
