import Model
import WhatsApp

/// Why a connection, or the attempt to make one, came to its end; decides what the session does next.
enum SessionEnd: Sendable, Equatable {
    /// The connection's own reason: the service's word, a broken socket, a missing answer.
    case closed(CloseReason)
    /// The service could not be reached; the text is for the log.
    case unreachable(String)
    /// The service's certificate or the root key does not fit: trying at once will not help.
    case untrusted(String)
    /// The owner wants something else now.
    case wish
    /// The owner had this device unlinked, and the service was told.
    case unlinked
    /// The daemon ends.
    case stopping
    /// Another daemon runs this number now.
    case leaseLost
    /// Nobody scanned the codes, the phone's answer was not acceptable, or the account needs the official app.
    case pairing(SessionReason)
    /// The database does not answer.
    case database
}
