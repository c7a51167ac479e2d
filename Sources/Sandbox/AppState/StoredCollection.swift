import FoundationEssentials
import Model
import SwiftProtobuf
import WAProto
import WhatsApp

/// What the service keeps of one part of an account's shared settings: patches that it can not read, numbered from 1.
struct StoredCollection: Codable, Sendable {
    private(set) var patches: [[UInt8]] = []

    var version: UInt64 { UInt64(patches.count) }

    /// Patches in one answer; the client has to come back for more.
    static let answerLimit = 20

    /// Checks what can be seen from outside, numbers the patch and keeps it.
    mutating func add(_ bytes: [UInt8]) throws(Refusal) {
        guard var patch = try? WASyncdPatch(serializedBytes: bytes) else { throw .query("a patch that is no protobuf") }
        guard !patch.keyID.id.isEmpty, patch.snapshotMac.count == 32, patch.patchMac.count == 32, !patch.mutations.isEmpty else {
            throw .query("a patch without key, changes or MACs of 32 bytes")
        }
        for mutation in patch.mutations {
            guard mutation.record.index.blob.count == 32, mutation.record.value.blob.count >= 64, !mutation.record.keyID.id.isEmpty else {
                throw .query("a change without key, or with an index or value of another length")
            }
        }
        guard !patch.hasVersion || patch.version.version == version + 1 else { throw .query("a patch that names another version") }
        patch.version.version = version + 1
        guard let numbered: [UInt8] = try? patch.serializedBytes() else { throw .query("a patch that can not be kept") }
        patches.append(numbered)
    }

    func patches(after version: UInt64) -> ArraySlice<[UInt8]> {
        patches.dropFirst(Int(clamping: version))
    }

    /// What all patches up to one add up to. The service can read none of it, but sees which records replace which.
    func snapshot(at version: UInt64) -> [UInt8]? {
        var records: [Data: WASyncdRecord] = [:]
        var snapshot = WASyncdSnapshot()
        for bytes in patches.prefix(Int(clamping: version)) {
            guard let patch = try? WASyncdPatch(serializedBytes: bytes) else { return nil }
            for mutation in patch.mutations {
                records[mutation.record.index.blob] = mutation.operation == .set ? mutation.record : nil
            }
            snapshot.version.version = patch.version.version
            snapshot.keyID = patch.keyID
            snapshot.mac = patch.snapshotMac
        }
        snapshot.records = records.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
        return try? snapshot.serializedBytes()
    }

    /// The patch with another sum, as if the writing device had miscounted.
    static func miscounted(_ bytes: [UInt8]) -> [UInt8] {
        guard var patch = try? WASyncdPatch(serializedBytes: bytes), let first = patch.snapshotMac.first else { return bytes }
        patch.snapshotMac[patch.snapshotMac.startIndex] = first ^ 1
        return (try? patch.serializedBytes()) ?? bytes
    }
}
