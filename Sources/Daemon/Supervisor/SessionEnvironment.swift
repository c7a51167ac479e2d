package import Logging
package import Model

/// Everything that a session reaches beyond its own state.
package struct SessionEnvironment: Sendable {
    package var configuration: Configuration
    /// For ratchets and messages; slow work has a thread of its own.
    package var database: DatabaseThread
    /// For shared settings and history, in short transactions.
    package var slow: DatabaseThread
    /// The thread of sessions and transport: an actor's `unownedExecutor`, and where tasks are started.
    package var executor: LoopExecutor
    /// This process in `wa_sessions.lease_owner`: host, process id and a random part.
    package var leaseOwner: String
    /// Connects to the configured service; throws ``TransportError``.
    package var connect: @Sendable () async throws -> any Transport
    package var logger: Logger
    /// Delivery rows were committed.
    package var wakeWebhooks: @Sendable () -> Void
    /// A change of the session's row was committed; who waits at the doorbell looks again. Takes the session's id.
    package var sessionChanged: @Sendable (_ session: Int64) -> Void
    /// An outbox row was committed as sent or failed. Takes the outbox row's id.
    package var outboxChanged: @Sendable (_ row: Int64) -> Void
    package var now: @Sendable () -> Timestamp
    /// A row of `wa_actions` was committed as done or failed. Takes its id.
    package var actionChanged: @Sendable (_ row: Int64) -> Void
    /// Files that go to and come from the media hosts.
    package var files: MediaFiles
    /// Called at every step where being killed must do no harm; does nothing but in tests.
    package var checkpoint: @Sendable (Checkpoint) -> Void

    package init(
        configuration: Configuration, database: DatabaseThread, slow: DatabaseThread? = nil, executor: LoopExecutor, leaseOwner: String,
        connect: @escaping @Sendable () async throws -> any Transport, logger: Logger, wakeWebhooks: @escaping @Sendable () -> Void,
        sessionChanged: @escaping @Sendable (Int64) -> Void, outboxChanged: @escaping @Sendable (Int64) -> Void,
        now: @escaping @Sendable () -> Timestamp, actionChanged: @escaping @Sendable (Int64) -> Void = { _ in },
        files: MediaFiles? = nil, checkpoint: @escaping @Sendable (Checkpoint) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.database = database
        self.slow = slow ?? database
        self.executor = executor
        self.leaseOwner = leaseOwner
        self.connect = connect
        self.logger = logger
        self.wakeWebhooks = wakeWebhooks
        self.sessionChanged = sessionChanged
        self.outboxChanged = outboxChanged
        self.now = now
        self.actionChanged = actionChanged
        self.files = files ?? MediaFiles(configuration, on: executor)
        self.checkpoint = checkpoint
    }
}
