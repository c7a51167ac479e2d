import CryptoPrimitives

/// How far a collection is known: its version, and the sum over its values.
package struct CollectionState: Equatable, Sendable {
    package var version: UInt64
    package var hash: LTHash

    /// Versions count patches; the database holds no larger ones.
    static let maximumVersion: UInt64 = 1 << 62

    /// Nothing is known yet.
    package static let empty = CollectionState(version: 0, hash: LTHash())

    package init(version: UInt64, hash: LTHash) {
        self.version = version
        self.hash = hash
    }

    func snapshotMAC(of collection: AppStateCollection, keys: MutationKeys) -> [UInt8] {
        HMAC.sha256(hash.bytes + Self.bytes(version) + Array(collection.rawValue.utf8), key: keys.snapshotMAC)
    }

    func patchMAC(of collection: AppStateCollection, snapshotMAC: [UInt8], valueMACs: [[UInt8]], keys: MutationKeys) -> [UInt8] {
        let covered = snapshotMAC + valueMACs.flatMap(\.self) + Self.bytes(version) + Array(collection.rawValue.utf8)
        return HMAC.sha256(covered, key: keys.patchMAC)
    }

    /// Big-endian.
    static func bytes(_ number: UInt64) -> [UInt8] { withUnsafeBytes(of: number.bigEndian, Array.init) }
}
