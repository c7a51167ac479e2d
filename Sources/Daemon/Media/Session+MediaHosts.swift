import Logging
import Model
import WhatsApp

/// What is known of the media hosts, and who waits to know it.
struct KnownMediaServers {
    var servers: MediaServers?
    /// Of the steady clock.
    var expiresAt: Int64 = 0
    var waiters: [CheckedContinuation<MediaServers, any Error>] = []
    var isAsking = false
}

/// Where files go and come from.
extension Session {
    /// The media hosts with a pass that is good now; one query at a time, however many wait for it.
    /// - Parameter refused: what the hosts would not take any more; it is asked anew unless somebody else has done so.
    /// - Throws: ``MediaFailure``.
    func mediaServers(insteadOf refused: MediaServers? = nil) async throws(MediaFailure) -> MediaServers {
        if let servers = media.servers, steadyNow < media.expiresAt, servers != refused { return servers }
        do {
            return try await withCheckedThrowingContinuation { continuation in
                media.waiters.append(continuation)
                guard !media.isAsking else { return }
                media.isAsking = true
                environment.executor.start { await self.askForMediaServers() }
            }
        } catch LinkError.closed {
            throw .interrupted
        } catch {
            throw .noHosts("\(error)")
        }
    }

    private func askForMediaServers() async {
        var result: Result<MediaServers, any Error>
        do { result = .success(try MediaServers(await ask(MediaServers.query))) } catch { result = .failure(error) }
        if case .success(let servers) = result {
            media.servers = servers
            media.expiresAt = steadyNow + servers.lifetime * 1_000
        }
        media.isAsking = false
        let waiters = media.waiters
        media.waiters = []
        for waiter in waiters { waiter.resume(with: result) }
    }

    /// Brings a file from the media hosts into one of ``MediaDirectory/incoming``, checked and decrypted; it is the caller's to move or remove.
    /// - Parameter limit: bytes that are taken at most.
    /// - Throws: ``MediaFailure``.
    func fetchMedia(_ descriptor: MediaDescriptor, limit: Int) async throws(MediaFailure) -> String {
        // Files are given without a pass; the list only says where. Without a list the usual host may do.
        var hosts: [String] = []
        do { hosts = try await mediaServers().hosts } catch MediaFailure.noHosts { logger.info("no list of media hosts") }
        let download = MediaDownload(
            client: environment.files.client, thread: environment.files.thread, directory: environment.files.directory, logger: logger)
        return try await download.fetch(descriptor, hosts: hosts, limit: limit) { await self.patience($0) }
    }

    /// Waits a while in the middle of a transfer; false where the session ends meanwhile.
    func patience(_ milliseconds: Int64) async -> Bool {
        guard !isStopping else { return false }
        await withCheckedContinuation { continuation in
            after(milliseconds) { _ in continuation.resume() }
        }
        return !isStopping
    }
}
