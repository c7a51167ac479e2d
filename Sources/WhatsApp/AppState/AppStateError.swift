/// Why a part of the shared settings can not be read.
package enum AppStateError: Error, Equatable, Sendable {
    /// No protobuf, or a field that must be there is missing or has another length.
    case malformed(String)
    /// Encrypted with a key that this device does not have (yet).
    case missingKey([UInt8])
    /// The patch does not follow what is known.
    case versionGap(known: UInt64, patch: UInt64)
    /// Value, index, snapshot or patch is not what its MAC says.
    case mismatch(MAC)
    /// The device that wrote the patch gave up; the number is its reason.
    case stopped(code: UInt64)
    /// More than this program takes at once.
    case tooLarge(bytes: UInt64)

    package enum MAC: Sendable { case value, index, snapshot, patch }
}
