import Glibc

/// Why a command or the daemon's start failed: one line for people that says what to do next.
package enum ShellFailure: Error, CustomStringConvertible {
    /// Exit status 1.
    case failed(String)
    /// Exit status 2: the command line itself is wrong.
    case usage(String)

    package var description: String {
        switch self {
        case .failed(let text), .usage(let text): text
        }
    }

    /// The system's words for `errno`.
    package static func systemError(_ code: Int32 = errno) -> String { String(cString: strerror(code)) }
}
