import Glibc
import Logging
import Model
import NIOCore
import Store

/// Tells the owner by mail, through the host's sendmail, what only a person can mend. One mail at a time; what was handed over is noted in the row, so that
/// nothing is told twice, and what was not is tried again.
actor OwnerMail {
    /// Milliseconds to the next attempt where the host's program refuses.
    private static let pause: Int64 = 3_600_000
    private static let usualPlaces = ["/usr/sbin/sendmail", "/usr/lib/sendmail", "/usr/bin/sendmail"]

    private let executor: LoopExecutor
    private let database: DatabaseThread
    private let configuration: Configuration
    private let directory: RunDirectory
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private var isWorking = false
    private var isStopping = false
    private var child: (pid: pid_t, notice: OwnerNotice)?
    private var nextAttempt: Timestamp?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        on executor: LoopExecutor, database: DatabaseThread, configuration: Configuration, directory: RunDirectory,
        now: @escaping @Sendable () -> Timestamp, logger: Logger
    ) {
        self.executor = executor
        self.database = database
        self.configuration = configuration
        self.directory = directory
        self.now = now
        self.logger = logger
    }

    /// At every sweep: begins the next mail, if there is one.
    func swept() async {
        guard child == nil, !isWorking, !isStopping, nextAttempt.map({ $0 <= now() }) ?? true else { return }
        isWorking = true
        defer { isWorking = false }
        do {
            let moment = now()
            let found = try await database.run { (database) -> (recipient: String, notice: OwnerNotice)? in
                guard let recipient = try database.settings.value("mail.to"), SettingCheck.isMailAddress(recipient) else { return nil }
                return try database.ownerNotices.due(now: moment).first.map { (recipient, $0) }
            }
            if let found { try send(found.notice, to: found.recipient) }
        } catch let failure as ShellFailure {
            giveUp("\(failure)")
        } catch {
            logger.debug("mail to the owner waits for the database: \(error)")
        }
    }

    /// A child of this process has ended; called for every SIGCHLD.
    func childEnded() async {
        guard let (pid, notice) = child else { return }
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return }
        child = nil
        unlink(path)
        guard status == 0 else { return giveUp("the host's mail program ended with status \(status)") }
        logger.notice("the owner was told by mail")
        let moment = now()
        do { try await database.run { try $0.ownerNotices.told(notice, at: moment) } } catch {
            logger.warning("a mail to the owner can not be noted and may be sent again: \(error)")
        }
    }

    func stop() { isStopping = true }

    private var path: String { directory.path + "/mail.txt" }

    private func send(_ notice: OwnerNotice, to recipient: String) throws(ShellFailure) {
        guard let program = configuration.mailProgram ?? Self.usualPlaces.first(where: { access($0, X_OK) == 0 }) else {
            throw .failed("there is no sendmail on this host; name the program that takes mail as `mail.program` in the configuration, or empty the setting mail.to")
        }
        let mail = OwnerMailText(recipient: recipient, installation: configuration.publicBaseURL ?? directory.path, now: now())
        try TextFile.write(mail.text(notice), to: path)
        child = (try ChildProcess.start([program, "-i", "-t"], input: path), notice)
    }

    private func giveUp(_ why: String) {
        nextAttempt = now().adding(milliseconds: Self.pause)
        logger.warning("the owner can not be told by mail, the next attempt is in an hour: \(why)")
    }
}
