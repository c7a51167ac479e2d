import Model
import NIOCore
import WhatsApp

/// One connection to the service, from dialing to its end, with everybody who waits for an answer on it.
///
/// Lives inside the ``Session`` actor. Work that was started on one link must not go on with the next:
/// it carries the ``generation`` and finds the link gone.
struct Link {
    let generation: Int
    var machine: Connection
    let transport: any Transport
    /// Frames in the order of their counters, for the one task that writes.
    let outgoing: AsyncStream<[UInt8]>.Continuation
    var waiters: [String: CheckedContinuation<Node, any Error>] = [:]
    /// Set once; the first reason counts.
    var end: SessionEnd?
    /// The service's last words.
    var goodbye: String?
    /// For the log, should the service not be able to read one of them.
    private(set) var lastSent: [Node] = []
    /// Opened with an account's login, not to be linked to one.
    let isLogin: Bool
    /// `<success>` has been seen.
    var isLoggedIn = false
    /// The service has been told to deliver; messages may be sent.
    var isActive = false
    /// Of the steady clock, for the back-off.
    let openedAt: Int64
    /// Wakes the machine at the moment that it wants.
    var alarm: Scheduled<Void>?
    var pairing: PairingRound?
    /// While the service delivers what waited.
    var offline: OfflineQueue?

    /// What our clock is behind the service's, in milliseconds.
    var serverTimeOffset: Int64 = 0

    /// A timer looks for messages whose ack is overdue.
    var watchesForAcks = false

    var typing = Typing()

    /// May senders be told that their messages were read? nil until it was asked.
    var showsReading: Bool?
}

extension Link {
    /// The machine takes a step, in its place: buffers are not copied.
    mutating func advance(_ step: (inout Connection) -> [ConnectionAction]) -> [ConnectionAction] { step(&machine) }

    mutating func noteSent(_ node: Node) {
        if lastSent.count == Self.keptSent { lastSent.removeFirst() }
        lastSent.append(node)
    }

    private static let keptSent = 4

    /// The service does not let this account in, and trying again at once would change nothing.
    /// - Parameter isNewest: no newer version of the client is known to try with.
    func isRefused(isNewest: Bool) -> Bool {
        guard isLogin, !isLoggedIn, goodbye != nil, case .closed(let reason)? = end else { return false }
        return switch reason.reconnection {
        case .stop, .stopFor, .wipeAndStop: true
        case .refreshVersionAndRetryOnce: isNewest
        case .reconnectAtOnce, .reconnectAfterBackoff: false
        }
    }

    /// The connection was lost while the last code was shown: the service closes it when the codes have run out.
    var hasShownLastCode: Bool {
        guard let pairing, !pairing.isLinked, pairing.index == pairing.references.count - 1 else { return false }
        return isLostWithoutCause
    }

    /// The service has closed without a word.
    var isLostWithoutCause: Bool {
        switch end {
        case .closed(.lost), .closed(.streamEnded), nil: true
        default: false
        }
    }
}

/// The codes of one pairing attempt.
struct PairingRound {
    var references: [String]
    /// Which of them is shown.
    var index = 0
    /// When it is replaced by the next one.
    var endsAt: Timestamp?
    /// The phone has scanned and was accepted: the service restarts the stream now.
    var isLinked = false
    /// The owner types a code instead of scanning one.
    var linkCode: LinkCodePairing?
    /// How often the phone has answered the code; from the first time on the secret is agreed with it.
    var linkCodeAnswers = 0
}

/// Somebody did not want to wait for the connection any longer.
struct DialInterrupted: Error {}

/// Why a query had no answer.
enum LinkError: Error {
    /// The connection ended first.
    case closed
    case timedOut
}
