import CryptoPrimitives
import SwiftProtobuf
package import WAProto

/// A key of the shared settings, as the phone hands it out.
package struct AppStateKey: Equatable, Sendable, Concealed {
    /// Device and epoch, 6 bytes in use.
    package let id: [UInt8]
    /// 32 bytes.
    package let data: [UInt8]
    /// Serialised; belongs to the key when it is handed on.
    package let fingerprint: [UInt8]
    /// Milliseconds, as the phone wrote it.
    package let timestamp: Int64
    package var concealedByteCount: Int { data.count }

    /// Bytes of an id at most; it is stored as text.
    package static let maximumIDLength = 32
    package static let dataLength = 32
    /// More keys at once than a phone hands out in years.
    package static let maximumCount = 1_000
    private static let maximumFingerprintLength = 4_096

    package init(id: [UInt8], data: [UInt8], fingerprint: [UInt8] = [], timestamp: Int64) {
        self.id = id
        self.data = data
        self.fingerprint = fingerprint
        self.timestamp = timestamp
    }

    /// nil where id or key have other lengths than they may.
    package init?(_ key: WAAppStateSyncKey) {
        let (id, data) = (Array(key.keyID.keyID), Array(key.keyData.keyData))
        guard Self.isUsable(id: id), data.count == Self.dataLength else { return nil }
        let fingerprint: [UInt8] = (try? key.keyData.fingerprint.serializedBytes()) ?? []
        guard fingerprint.count <= Self.maximumFingerprintLength else { return nil }
        self.init(id: id, data: data, fingerprint: fingerprint, timestamp: key.keyData.timestamp)
    }

    package static func isUsable(id: [UInt8]) -> Bool { (1...maximumIDLength).contains(id.count) }

    /// Counts the account's keys; patches are written with the highest. 0 for ids of another form.
    package static func epoch(of id: [UInt8]) -> UInt32 { id.count == 6 ? KeyBytes.number(id) : 0 }
}
