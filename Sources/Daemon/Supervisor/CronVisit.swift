import Model
import Store

/// When a daemon that cron starts every few minutes leaves again (`daemon.mode` = cron): once everything is done and nothing came in for a while.
struct CronVisit: Sendable {
    /// Milliseconds without anything to do. What waited at WhatsApp comes within seconds of the login.
    static let quiet: Int64 = 10_000
    /// Milliseconds after which it leaves whatever there is to do: hosts with such a mode end programs that stay. The next visit goes on.
    static let longest: Int64 = 600_000

    private let began: Timestamp
    private var quietSince: Timestamp?
    private var newestMessage: Int64?

    init(began: Timestamp) { self.began = began }

    /// Told at every sweep.
    mutating func isOver(_ work: OpenWork, at now: Timestamp) -> Bool {
        let grows = newestMessage.map { $0 != work.newestMessage } ?? true
        newestMessage = work.newestMessage
        // Somebody stands before the QR with a phone.
        if work.isLinking {
            quietSince = nil
            return false
        }
        if now >= began.adding(milliseconds: Self.longest) { return true }
        guard !work.isDue, !work.isConnecting, !grows else {
            quietSince = nil
            return false
        }
        let since = quietSince ?? now
        quietSince = since
        return now >= since.adding(milliseconds: Self.quiet)
    }
}
