import CryptoPrimitives
import SwiftProtobuf
package import WAProto

/// A patch: the changes that one device wrote at once. Its steps are checked in the order of the protocol notes on state, section 2.
package struct AppStatePatch: Sendable {
    package let version: UInt64
    package let mutations: [SealedMutation]
    let keyID: [UInt8]
    let snapshotMAC: [UInt8]
    let patchMAC: [UInt8]

    /// What ``init(_:version:)`` gives where the changes stand in a file of their own.
    package enum Reading: Sendable {
        case patch(AppStatePatch)
        case external(WASyncdPatch, WAExternalBlobReference)
    }

    /// - Throws: `malformed`, `stopped`.
    package static func read(_ bytes: [UInt8]) throws(AppStateError) -> Reading {
        guard let patch = try? WASyncdPatch(serializedBytes: bytes) else { throw .malformed("patch") }
        if patch.hasExternalMutations { return .external(patch, patch.externalMutations) }
        return .patch(try AppStatePatch(patch, patch.mutations))
    }

    /// - Parameter file: what ``Reading/external`` referred to.
    package static func read(_ patch: WASyncdPatch, file: [UInt8]) throws(AppStateError) -> AppStatePatch {
        guard let list = try? WASyncdMutations(serializedBytes: file) else { throw .malformed("mutations") }
        return try AppStatePatch(patch, list.mutations)
    }

    private init(_ patch: WASyncdPatch, _ mutations: [WASyncdMutation]) throws(AppStateError) {
        if patch.hasExitCode { throw .stopped(code: patch.exitCode.code) }
        version = patch.version.version
        keyID = Array(patch.keyID.id)
        snapshotMAC = Array(patch.snapshotMac)
        patchMAC = Array(patch.patchMac)
        guard AppStateKey.isUsable(id: keyID) else { throw .malformed("key id") }
        guard version <= CollectionState.maximumVersion else { throw .malformed("version") }
        self.mutations = try mutations.map { mutation throws(AppStateError) in try SealedMutation(mutation) }
    }

    /// All keys that reading it takes.
    package var keyIDs: Set<[UInt8]> { Set(mutations.map(\.keyID) + [keyID]) }

    /// Checks the patch against what is known and opens it.
    /// - Parameters:
    ///   - keys: by id, at least ``keyIDs``.
    ///   - known: value MACs by index MAC, of those that ``mutations`` name.
    ///   - isStrict: false reads on after the sum was found to be wrong: changes that verify by themselves count, sums do not.
    package func apply(
        to state: CollectionState, of collection: AppStateCollection, keys: [[UInt8]: MutationKeys], known: [[UInt8]: [UInt8]],
        isStrict: Bool
    ) throws(AppStateError) -> AppStateUpdate {
        guard version == state.version &+ 1 else { throw .versionGap(known: state.version, patch: version) }
        guard let own = keys[keyID] else { throw .missingKey(keyID) }
        var update = AppStateUpdate(CollectionState(version: version, hash: state.hash))
        for sealed in mutations { update.count(sealed, previous: known[sealed.indexMAC]) }
        if isStrict {
            let sum = update.state.snapshotMAC(of: collection, keys: own)
            guard ConstantTime.equal(sum, snapshotMAC) else { throw .mismatch(.snapshot) }
            let mac = update.state.patchMAC(
                of: collection, snapshotMAC: snapshotMAC, valueMACs: mutations.map(\.valueMAC), keys: own)
            guard ConstantTime.equal(mac, patchMAC) else { throw .mismatch(.patch) }
        }
        try update.open(mutations, keys: keys, isStrict: isStrict)
        return update
    }
}
