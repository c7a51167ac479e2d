import Logging
import Model
import NIOCore
import WhatsApp

/// The connection: dialing, reading, writing, queries.
extension Session {
    /// Makes one connection and serves it until its end.
    func connectOnce() async -> SessionEnd {
        lastLived = 0
        do {
            guard try await holdLease() else { return .leaseLost }
            if isAnnounced, let unannouncedEnd { await announceDisconnection(unannouncedEnd) }
            let account = try await loadAccount()
            self.account = account
            try await loadVersion()
            await report(.connecting, reason: nil)
            let machine = try connection(for: account)
            let transport = try await dial()
            return await serve(machine, over: transport)
        } catch let error as TransportError {
            return end(of: error)
        } catch is DialInterrupted {
            return isStopping ? .stopping : .wish
        } catch {
            logger.error("the session can not start: \(error)")
            return .database
        }
    }

    /// Connects; ``interruptDial()`` ends the wait at once, and what is connected later is closed again.
    private func dial() async throws -> any Transport {
        try await withCheckedThrowingContinuation { continuation in
            guard !isStopping else { return continuation.resume(throwing: DialInterrupted()) }
            dialCount += 1
            let attempt = dialCount
            dialing = (attempt, continuation)
            environment.executor.start { [environment] in
                do {
                    let transport = try await environment.connect()
                    await self.dialed(transport, attempt: attempt)
                } catch { await self.dialFailed(error, attempt: attempt) }
            }
        }
    }

    private func dialed(_ transport: any Transport, attempt: Int) async {
        guard let dialing, dialing.attempt == attempt else { return await transport.close() }
        self.dialing = nil
        dialing.waiter.resume(returning: transport)
    }

    private func dialFailed(_ error: any Error, attempt: Int) {
        guard let dialing, dialing.attempt == attempt else { return }
        self.dialing = nil
        dialing.waiter.resume(throwing: error)
    }

    func interruptDial() {
        dialing?.waiter.resume(throwing: DialInterrupted())
        dialing = nil
    }

    private func end(of error: TransportError) -> SessionEnd {
        switch error {
        case .untrusted(let text), .badTrustFile(let text): .untrusted(text)
        default: .unreachable("\(error)")
        }
    }

    /// Frames that may wait for the writer. A service that talks and talks but does not read would else fill our memory with acks.
    private static let longestQueue = 4_096

    private func serve(_ machine: Connection, over transport: any Transport) async -> SessionEnd {
        let (frames, outgoing) = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .bufferingOldest(Self.longestQueue))
        generation += 1
        link = Link(
            generation: generation, machine: machine, transport: transport, outgoing: outgoing,
            isLogin: account?.isLinked == true, openedAt: steadyNow)
        let current = generation
        environment.executor.start { await self.write(frames, to: transport, generation: current) }
        // A wish that changed while dialing did not find a link to end.
        if !isUnlinking, let wish = await wish(), wish != .connected { endLink(.wish) }
        perform { $0.opened(now: steadyNow, unixTime: environment.now().seconds) }
        await read(from: transport)
        return await closeLink()
    }

    private func read(from transport: any Transport) async {
        do {
            for try await bytes in transport.inbound {
                noteLife()
                var stanzas: [Node] = []
                perform {
                    $0.received(bytes, now: steadyNow)
                } stanza: {
                    stanzas.append($0)
                    if let words = CloseReason.goodbye($0) { noteGoodbye(words) }
                }
                for stanza in stanzas where link?.end == nil { await handle(stanza) }
                if link?.end != nil { return }
            }
            perform { $0.closed() }
        } catch {
            perform { $0.closed() }
        }
    }

    private func write(_ frames: AsyncStream<[UInt8]>, to transport: any Transport, generation: Int) async {
        for await frame in frames {
            do { try await transport.write(frame) } catch {
                guard link?.generation == generation else { return }
                return endLink(.unreachable("writing failed"))
            }
        }
    }

    /// Everybody who waits hears of the end; what was sent without an ack is sent again by the next link.
    private func closeLink() async -> SessionEnd {
        guard var old = link else { return .unreachable("closed") }
        link = nil
        inFlight = [:]
        groupsAsked = []
        old.alarm?.cancel()
        old.outgoing.finish()
        for waiter in old.waiters.values { waiter.resume(throwing: LinkError.closed) }
        old.waiters = [:]
        lastLived = steadyNow - old.openedAt
        // Before the farewell, which a dead peer lets us wait for.
        if isAnnounced || old.isRefused(isNewest: hasRefreshedVersion), old.pairing?.isLinked != true {
            await announceDisconnection(old.end ?? .unreachable("closed"), words: old.goodbye)
        }
        await old.transport.close()
        if !old.isLoggedIn, old.pairing == nil { await dropRouting() }
        if old.hasShownLastCode { return .pairing(.qrExpired) }
        // Some services only close where others send 515: linked is linked, and the login follows at once.
        if old.pairing?.isLinked == true, old.isLostWithoutCause { return .closed(.restartRequired) }
        return old.end ?? .unreachable("closed by the service")
    }

    private func noteGoodbye(_ words: String) {
        link?.goodbye = words
        logger.notice("the service says goodbye: \(words)")
    }

    /// Ends the connection for a reason; the first one counts. The reader then finds the end of the stream.
    func endLink(_ end: SessionEnd) {
        guard link != nil, link?.end == nil else { return }
        link?.end = end
        guard let transport = link?.transport else { return }
        environment.executor.start { await transport.close() }
    }

    func endLink(_ end: SessionEnd, generation: Int) {
        if link?.generation == generation { endLink(end) }
    }

    /// Lets the machine take a step and does what it says.
    func perform(_ step: (inout Connection) -> [ConnectionAction], stanza: (Node) -> Void = { _ in }) {
        guard let actions = link?.advance(step) else { return }
        for action in actions {
            switch action {
            case .write(let bytes): queue(bytes)
            case .stanza(let node): stanza(node)
            case .undecodable(let error, let payload): logger.warning("a frame of \(payload.count) bytes is no stanza: \(error)")
            case .close(let reason):
                if reason == .notWellFormed, let sent = link?.lastSent {
                    logger.error("the service could not read one of these: \(sent.map { $0.outline() }.joined(separator: " "))")
                }
                endLink(.closed(reason))
            case .deadline(let time): schedule(time)
            }
        }
    }

    private func queue(_ frame: [UInt8]) {
        if case .dropped? = link?.outgoing.yield(frame) { endLink(.unreachable("the service does not read what we write")) }
    }

    /// Only the latest deadline counts.
    private func schedule(_ deadline: Int64) {
        guard let current = link?.generation else { return }
        link?.alarm?.cancel()
        link?.alarm = after(max(0, deadline - steadyNow)) { await $0.tick(generation: current) }
    }

    private func tick(generation: Int) {
        guard let link, link.generation == generation else { return }
        let isBehind = link.transport.isBehind()
        perform {
            if isBehind { $0.isBehind(now: steadyNow) }
            return $0.tick(now: steadyNow)
        }
    }

    // MARK: Sending stanzas

    /// Queues a stanza for the writer; does nothing when the link is gone.
    func send(_ node: Node) {
        guard link?.end == nil else { return }
        link?.noteSent(node)
        perform { machine in
            do { return try machine.send(node, now: steadyNow) } catch {
                logger.error("a \(node.tag) could not be sent: \(error)")
                return []
            }
        }
    }

    /// Asks the service and waits for the answer, which may be an error of the service.
    /// - Throws: ``LinkError``.
    func ask(_ query: Query, within limit: Int64 = SessionTimes.query) async throws -> Node {
        guard link?.end == nil, let current = link?.generation, let id = link?.machine.makeRequestID() else { throw LinkError.closed }
        let timer = after(limit) { await $0.giveUp(id, generation: current) }
        defer { timer.cancel() }
        return try await withCheckedThrowingContinuation { continuation in
            guard link?.end == nil, link?.generation == current else { return continuation.resume(throwing: LinkError.closed) }
            link?.waiters[id] = continuation
            send(query.node(id: id))
        }
    }

    private func giveUp(_ id: String, generation: Int) {
        guard link?.generation == generation else { return }
        link?.waiters.removeValue(forKey: id)?.resume(throwing: LinkError.timedOut)
    }

    /// Hands an answer to whoever asked; false where nobody did.
    func answered(_ node: Node) -> Bool {
        guard let id = node.string("id"), let waiter = link?.waiters.removeValue(forKey: id) else { return false }
        waiter.resume(returning: node)
        return true
    }
}
