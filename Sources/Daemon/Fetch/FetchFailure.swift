import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOSSL

/// Why an address could not be fetched.
enum FetchFailure: Error, Equatable, Sendable {
    /// No http or https address.
    case invalid
    case credentials
    case port(Int)
    /// One of the name's addresses is not for us; see ``AddressPolicy``.
    case privateAddress(String)
    case unresolved(String)
    case unreachable(String)
    case untrusted(String)
    case timedOut(seconds: Int64)
    case tooSlow
    case redirects(limit: Int)
    /// A redirect that leads nowhere.
    case badRedirect
    case status(Int)
    /// The content is compressed although that was not asked for.
    case encoded(String)
    case tooLarge(limit: Int)
    case empty
    /// The answer ended early, or is no HTTP.
    case broken
    /// `data:` whose content is not what it says.
    case badData
    case disk(String, Int32)
    /// The daemon ends.
    case stopped

    /// One word, for programs: the API's `code`.
    var code: String {
        switch self {
        case .invalid: "url_invalid"
        case .credentials: "url_credentials"
        case .port: "url_port"
        case .privateAddress: "url_private"
        case .unresolved: "url_unresolved"
        case .unreachable: "url_unreachable"
        case .untrusted: "url_untrusted"
        case .timedOut: "url_timeout"
        case .tooSlow: "url_too_slow"
        case .redirects, .badRedirect: "url_redirects"
        case .status: "url_status"
        case .encoded: "url_encoded"
        case .tooLarge: "url_too_large"
        case .empty: "media_empty"
        case .broken: "url_broken"
        case .badData: "url_bad_data"
        case .disk: "media_unreadable"
        case .stopped: "url_interrupted"
        }
    }

    /// Another time may be better.
    var mayPass: Bool {
        switch self {
        case .unresolved, .unreachable, .timedOut, .tooSlow, .broken, .disk, .stopped: true
        case .status(let status): status == 429 || status >= 500
        case .invalid, .credentials, .port, .privateAddress, .untrusted, .redirects, .badRedirect, .encoded, .tooLarge, .empty, .badData: false
        }
    }

    /// - Parameter seconds: what the whole could take.
    init(_ error: any Error, host: String, seconds: Int64) {
        switch error {
        case let failure as FetchFailure: self = failure
        case let failure as MediaFailure:
            if case .disk(let what, let code) = failure { self = .disk(what, code) } else { self = .broken }
        case let error as HTTPClientError: self = Self.of(error, host, seconds)
        case is HTTPParserError: self = .broken
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: self = .untrusted(host)
        case is CancellationError: self = .stopped
        default: self = .unreachable(host)
        }
    }

    private static func of(_ error: HTTPClientError, _ host: String, _ seconds: Int64) -> FetchFailure {
        switch error {
        case .deadlineExceeded, .readTimeout, .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout: .timedOut(seconds: seconds)
        case .cancelled, .alreadyShutdown: .stopped
        case .remoteConnectionClosed: .broken
        default: .unreachable(host)
        }
    }
}

extension FetchFailure: CustomStringConvertible {
    /// What people read; behind the name of the field.
    var description: String {
        switch self {
        case .invalid: "is no http or https address; write names with other than Latin letters in their xn-- form"
        case .credentials: "has a user name or password in it, which are not sent; give an address that needs none"
        case .port(let port): "has the port \(port), which is not fetched from; use 80, 443, or one from 1024 on that no other service has"
        case .privateAddress(let host):
            "leads to \(host), which is a private address; fetch.media_private in wa-connect.conf allows addresses of the own network"
        case .unresolved(let host): "names \(host), which has no address in the DNS"
        case .unreachable(let host): "can not be fetched: \(host) does not let us connect"
        case .untrusted(let host): "can not be fetched: \(host) has no certificate that is trusted"
        case .timedOut(let seconds): "did not answer in time (\(seconds) s)"
        case .tooSlow: "comes too slowly"
        case .redirects(let limit): "leads on and on: more than \(limit) redirects"
        case .badRedirect: "redirects to what is no address"
        case .status(let status): "was answered with the status \(status) instead of a file"
        case .encoded(let name): "was answered with the content encoding \(name), which was not asked for"
        case .tooLarge(let limit): "is larger than \(limit) bytes; the setting media.max_bytes and what WhatsApp takes of each kind limit files"
        case .empty: "is an empty file"
        case .broken: "was not answered as a whole: the connection ended early, or the answer is no HTTP"
        case .badData: "is a data: URI whose content is not the base64 that it says"
        case .disk(let what, let code): "could not be kept: \(what): \(String(cString: strerror(code)))"
        case .stopped: "was being fetched when the daemon ended"
        }
    }
}
