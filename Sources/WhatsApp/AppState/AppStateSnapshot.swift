import CryptoPrimitives
import SwiftProtobuf
import WAProto

/// A whole collection at one version.
package struct AppStateSnapshot: Sendable {
    package let version: UInt64
    package let records: [SealedMutation]
    let keyID: [UInt8]
    let mac: [UInt8]

    package init(_ bytes: [UInt8]) throws(AppStateError) {
        guard let snapshot = try? WASyncdSnapshot(serializedBytes: bytes) else { throw .malformed("snapshot") }
        version = snapshot.version.version
        keyID = Array(snapshot.keyID.id)
        mac = Array(snapshot.mac)
        guard AppStateKey.isUsable(id: keyID) else { throw .malformed("key id") }
        guard version <= CollectionState.maximumVersion else { throw .malformed("version") }
        records = try snapshot.records.map { record throws(AppStateError) in try SealedMutation(record, .set) }
    }

    package var keyIDs: Set<[UInt8]> { Set(records.map(\.keyID) + [keyID]) }

    /// Checks and opens it; what was known before does not count.
    package func apply(
        of collection: AppStateCollection, keys: [[UInt8]: MutationKeys], isStrict: Bool
    ) throws(AppStateError) -> AppStateUpdate {
        guard let own = keys[keyID] else { throw .missingKey(keyID) }
        var update = AppStateUpdate(CollectionState(version: version, hash: LTHash()))
        for record in records { update.add(record) }
        if isStrict, !ConstantTime.equal(update.state.snapshotMAC(of: collection, keys: own), mac) { throw .mismatch(.snapshot) }
        try update.open(records, keys: keys, isStrict: isStrict)
        return update
    }
}
