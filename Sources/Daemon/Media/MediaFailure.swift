import Glibc
import WhatsApp

/// Why a file could not be brought to or from the media hosts.
enum MediaFailure: Error, Equatable, Sendable {
    /// The hosts do not have it any more.
    case gone(status: Int)
    /// No host could be reached, or none would answer; another time may be better.
    case unreachable(String)
    /// The service gave no list of hosts.
    case noHosts(String)
    /// The hosts refuse it for good.
    case refused(status: Int)
    /// Larger than is taken.
    case tooLarge(limit: Int)
    /// What came is not what the message spoke of.
    case damaged(MediaCipherError)
    /// The file's own side: no room, no permission.
    case disk(String, Int32)
    /// The connection to WhatsApp ended meanwhile.
    case interrupted

    /// Trying again may help.
    var isTransient: Bool {
        switch self {
        case .unreachable, .noHosts, .disk, .interrupted: true
        case .gone, .refused, .tooLarge, .damaged: false
        }
    }
}

extension MediaFailure: CustomStringConvertible {
    var description: String {
        switch self {
        case .gone(let status): "the media hosts do not have the file any more (\(status))"
        case .unreachable(let text): "the media hosts can not be reached: \(text)"
        case .noHosts(let text): "WhatsApp named no media hosts: \(text)"
        case .refused(let status): "the media hosts refuse the file (\(status))"
        case .tooLarge(let limit): "the file is larger than \(limit) bytes"
        case .damaged(let error): "the file is damaged: \(error)"
        case .disk(let what, let code): "\(what): \(String(cString: strerror(code)))"
        case .interrupted: "the connection to WhatsApp was lost"
        }
    }
}
