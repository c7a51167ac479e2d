/// Waits of a session, in milliseconds, each with its reason.
enum SessionTimes {
    /// An answer to a query of ours; whatsmeow waits 75 s.
    static let query: Int64 = 75_000
    /// An answer whether a number is registered: whoever asks at the API waits 8 s.
    static let checkQuery: Int64 = 6_000
    /// How long somebody may be waiting who asked for a number.
    static let waitedNumbers: Int64 = 10_000
    /// An answer that the login waits for; afterwards it goes on without.
    static let loginQuery: Int64 = 20_000
    /// What the service knows of a number; afterwards the question after its devices decides alone.
    static let numberQuery: Int64 = 15_000
    /// After our answer to the phone's scan the service restarts the stream; where it does not, we do.
    static let restart: Int64 = 5_000
    /// The service's ack of a message; after that the same bytes are sent again.
    static let messageAck: Int64 = 75_000
    /// The service's answer to unlinking; the owner waits for it at the API.
    static let unlink: Int64 = 5_000
    /// How often `last_seen_at` is written at most.
    static let lastSeen: Int64 = 5_000
    /// How long a daemon owns a session without renewing, and how often it renews.
    static let leaseSeconds = 30
    static let leaseRenewal: Int64 = 10_000
    /// Before another look at a lease that somebody else holds, or at a database that does not answer.
    static let trouble: Int64 = 5_000
    /// The queue's end may never be announced; without progress for this long it counts as drained.
    static let offlineQueue: Int64 = 60_000
    /// Without progress for this long the service is asked for more of the queue.
    static let offlineProgress: Int64 = 5_000
    /// The first pause after the service asked to send more slowly; doubles with each attempt.
    static let sendAgain: Int64 = 5_000
    /// How often a connected session looks at the age of its signed pre-key; also the pause before another try. An official client renews it after
    /// about 27 days.
    static let signedPreKeyLook: Int64 = 86_400_000
    static let signedPreKeyAge: Int64 = 27 * 86_400_000
}
