import CryptoPrimitives
import struct FoundationEssentials.Data
import SwiftProtobuf
import WAProto

/// Writes patches. Source: protocol notes on state, section 2.
package struct AppStatePatchWriter: Sendable {
    package let collection: AppStateCollection
    let keys: MutationKeys

    /// - Parameter keys: of the account's newest key.
    package init(_ collection: AppStateCollection, keys: MutationKeys) {
        self.collection = collection
        self.keys = keys
    }

    /// Encrypts changes upon a state that must be the current one, or the service answers with 409.
    /// - Parameter known: value MACs by index MAC.
    /// - Returns: the bytes for ``CollectionQuery``, and the state that the account has once the service took them.
    package func write(
        _ mutations: [AppStateMutation], on state: CollectionState, known: [[UInt8]: [UInt8]], using rng: inout some RandomNumberGenerator
    ) throws(AppStateError) -> (bytes: [UInt8], update: AppStateUpdate) {
        var update = AppStateUpdate(CollectionState(version: state.version &+ 1, hash: state.hash))
        var sealed: [SealedMutation] = []
        for mutation in mutations {
            let iv = Random.bytes(AESCBC.ivLength, using: &rng)
            let change = try SealedMutation(mutation, keys: keys, iv: iv)
            update.count(change, previous: known[change.indexMAC])
            sealed.append(change)
        }
        let snapshotMAC = update.state.snapshotMAC(of: collection, keys: keys)
        let patchMAC = update.state.patchMAC(of: collection, snapshotMAC: snapshotMAC, valueMACs: sealed.map(\.valueMAC), keys: keys)
        let patch = WASyncdPatch.with {
            $0.mutations = sealed.map(\.mutation)
            $0.snapshotMac = Data(snapshotMAC)
            $0.patchMac = Data(patchMAC)
            $0.keyID.id = Data(keys.id)
        }
        guard let bytes: [UInt8] = try? patch.serializedBytes() else { throw .malformed("patch") }
        return (bytes, update)
    }
}
