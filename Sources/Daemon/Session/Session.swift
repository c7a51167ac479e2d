import Logging
import Model
import NIOCore
import WhatsApp

/// One WhatsApp number: its lease, its connection, what it sends and receives.
///
/// Everything runs on one executor; the reader takes one stanza after the other, so that order is kept. Whatever needs an answer of the
/// service runs in tasks beside it. The database is the truth: rings only say that it is worth a look.
package actor Session: RunningSession {
    let id: Int64
    let environment: SessionEnvironment
    let logger: Logger

    var account: Account?
    /// Set while this daemon owns the session.
    var fence: Int64?
    /// Transactions that encrypted, as counted in the database.
    var steps: Int64 = 0
    var link: Link?
    /// Whoever waits for a connection that is being made, with the number of the attempt.
    var dialing: (attempt: Int, waiter: CheckedContinuation<any Transport, any Error>)?
    var dialCount = 0
    var generation = 0
    private var backoff = Backoff()
    /// How long the last connection lived, in milliseconds; 0 where it never opened.
    var lastLived: Int64 = 0
    var random = SystemRandomNumberGenerator()
    var isStopping = false
    /// Messages whose ack is awaited, by message id.
    var inFlight: [String: InFlightMessage] = [:]
    var isSending = false
    var outboxHasRung = false
    /// Sending stopped because too many messages wait for their ack.
    var outboxWaits = false
    var isSendingBulks = false
    var bulksHaveRung = false
    /// Bulks stopped because too many messages wait for their ack.
    var bulksWait = false
    /// Rings when the next message of a bulk is due.
    var bulkTimer: Scheduled<Void>?
    /// Keys are being offered to the service, one-time or signed ones.
    var isOfferingKeys = false
    /// Rings when the signed pre-key is to be looked at again.
    var signedPreKeyTimer: Scheduled<Void>?
    var isActing = false
    var actionsHaveRung = false
    /// Somebody rang for a row, so that it need not be looked for first.
    var rowsAreThere = false
    /// Requests for messages of ours that a device could not read.
    var retries = RetryQueue()
    /// Hashes of devices, by chat, that fetching the lists anew did not explain.
    var fruitlessHashes: [JID: String] = [:]
    var lastSeenWritten = Timestamp(milliseconds: 0)
    var leaseRenewed = Timestamp(milliseconds: 0)
    /// Set from the first connected webhook to the disconnected one.
    var isAnnounced = false
    /// A disconnection that could not be stored when it happened.
    var unannouncedEnd: SessionEnd?
    /// What we say to be; looked up when it was refused as outdated.
    var version = ClientVersion.builtIn
    var hasRefreshedVersion = false
    /// The next login is only made to unlink this device.
    var isUnlinking = false
    /// Why the account was wiped, for the row's last word.
    var lastReason: SessionReason?
    /// Counts the news of groups: what was asked before one and answered after it may be out of date.
    var groupNews = 0
    /// Groups that were asked for on this connection because a message came from them.
    var groupsAsked: Set<JID> = []
    var hasAskedForGroups = false
    /// Shared settings that are to be brought up to date, and those of them that are fetched as a whole.
    var appStateWanted: Set<AppStateCollection> = []
    var appStateWhole: Set<AppStateCollection> = []
    var isSyncingAppState = false
    var isTakingHistory = false
    var historyHasRung = false
    /// Parts of the history that the phone was asked for once more by this process.
    var historyRequests = 0
    var phoneQuestions = PhoneQuestions()
    /// People, by LID, whom a token is being given.
    var tokensBeingGiven: Set<String> = []
    /// The media hosts and the pass for them.
    var media = KnownMediaServers()
    var downloads = Downloads()
    var uploads = Uploads()
    /// Texts that wait for their links' previews.
    var linkedTexts = Uploads(places: PreviewMaker.places)
    private var sleeper: CheckedContinuation<Void, Never>?
    private var hasRung = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor { environment.executor.asUnownedSerialExecutor() }

    package init(id: Int64, environment: SessionEnvironment) {
        self.id = id
        self.environment = environment
        var logger = environment.logger
        logger[metadataKey: "session"] = "\(id)"
        self.logger = logger
    }

    package func run() async {
        while !isStopping {
            switch await wish() {
            case .connected: await follow(await connectOnce())
            case .disconnected:
                await finish(lastReason ?? .manual)
                return
            case .loggedOut:
                await logOut()
                return
            case nil: await pause(SessionTimes.trouble)
            }
        }
        await finish(.daemonStopped)
    }

    package func wishRang() async {
        hasRung = true
        wake()
        guard !isUnlinking, let wish = await wish() else { return }
        if wish == .connected { return await startLinkCode() }
        if wish == .loggedOut, link?.isActive == true { return await unlink() }
        interruptDial()
        endLink(.wish)
    }

    package func outboxRang() async {
        (outboxHasRung, rowsAreThere) = (true, true)
        startSending()
    }

    package func actionsRang() async {
        actionsHaveRung = true
        startActions()
    }

    package func sweep() async {
        outboxHasRung = true
        startSending()
        await actionsRang()
    }

    package func stop() async {
        isStopping = true
        interruptDial()
        endLink(.stopping)
        wake()
    }

    /// What comes after a connection; returns when the next attempt may be made.
    private func follow(_ end: SessionEnd) async {
        switch end {
        case .wish, .unlinked, .stopping: break
        case .leaseLost:
            fence = nil
            // What there is to say is the other daemon's now.
            (isAnnounced, unannouncedEnd) = (false, nil)
            await pause(SessionTimes.trouble)
        case .database: await pause(SessionTimes.trouble)
        case .unreachable(let text):
            logger.warning("the service can not be reached: \(text)")
            await report(.connecting, reason: .connectionLost)
            await retryLater()
        case .untrusted(let text):
            logger.error("the service is not who it should be: \(text)")
            await report(.disconnected, reason: .wrongServerKey)
            await retryLater()
        case .pairing(let reason):
            await report(.disconnected, reason: reason)
            await parkUntilRung()
        case .closed(let reason): await follow(reason)
        }
    }

    private func follow(_ reason: CloseReason) async {
        logger.info("connection closed: \(reason)")
        // Replaced by the daemon that has taken the lease: this one is its reserve now. Replaced by anybody else: the owner decides.
        if reason == .replaced, await hasLostLease() { return await follow(.leaseLost) }
        switch reason.reconnection {
        case .reconnectAtOnce: break
        case .reconnectAfterBackoff(let extraSteps):
            await report(.connecting, reason: .connectionLost)
            await retryLater(extraSteps: extraSteps)
        case .refreshVersionAndRetryOnce where !hasRefreshedVersion:
            hasRefreshedVersion = true
            await refreshVersion()
        case .refreshVersionAndRetryOnce, .stop:
            await report(.disconnected, reason: reason.sessionReason)
            await parkUntilRung()
        case .stopFor(let milliseconds):
            logger.warning("WhatsApp lets this number in again in \(milliseconds / 1_000) s")
            await report(.disconnected, reason: reason.sessionReason)
            await parkUntilRung(atMost: milliseconds)
        case .wipeAndStop: await forgetAccount(reason.sessionReason)
        }
    }

    private func retryLater(extraSteps: Int = 0) async {
        await pause(backoff.wait(afterLiving: lastLived, extraSteps: extraSteps, using: &random))
    }

    /// Nothing but a new wish of the owner goes on from here, or the end of the time.
    private func parkUntilRung(atMost milliseconds: Int64? = nil) async {
        hasRung = false
        repeat { await pause(milliseconds) } while !hasRung && !isStopping && milliseconds == nil
        hasRefreshedVersion = false
    }

    /// Waits; a ring or ``stop()`` ends the wait. nil waits for them alone.
    func pause(_ milliseconds: Int64?) async {
        guard !isStopping, sleeper == nil else { return }
        let timer = milliseconds.map { time in
            after(time) { await $0.wake() }
        }
        await withCheckedContinuation { if isStopping { $0.resume() } else { sleeper = $0 } }
        timer?.cancel()
    }

    private func wake() {
        sleeper?.resume()
        sleeper = nil
    }

    /// Does something after so many milliseconds, unless it is cancelled before.
    @discardableResult
    func after(_ milliseconds: Int64, _ work: @escaping @Sendable (Session) async -> Void) -> Scheduled<Void> {
        let executor = environment.executor
        return executor.loop.scheduleTask(in: .milliseconds(milliseconds)) { [weak self] in
            guard let self else { return }
            executor.start { await work(self) }
        }
    }

    /// Milliseconds of a clock that never jumps.
    nonisolated var steadyNow: Int64 { Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000) }
}
