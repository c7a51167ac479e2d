/// Why a backup is not taken back; nothing was changed.
package enum BackupError: Error, Equatable, CustomStringConvertible {
    case malformed(line: Int)
    case otherFormat
    case cutOff
    case otherKey
    /// The session has a link, which would be lost.
    case linked(String)

    package var description: String {
        switch self {
        case .malformed(let line): "line \(line) is none of a backup by `wa-connect sessions backup`"
        case .otherFormat: "the backup was made by another version of WA-Connect"
        case .cutOff: "the file is not whole: its last lines are missing"
        case .otherKey: "the backup was made with another `secret.key`; put that one into the configuration first"
        case .linked(let name): "the session \(name) is linked now, and would lose that link; say so with --yes"
        }
    }
}
