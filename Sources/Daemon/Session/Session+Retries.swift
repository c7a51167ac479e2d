import Logging
import Model
import Signal
import Store
import WhatsApp

/// Devices that could not read a message of ours get it again, encrypted for them alone, from the plaintext that was kept.
///
/// A request is acknowledged when its copy is committed and written, so that a crash in between repeats it.
/// Source: protocol notes on messages, section 9.
extension Session {
    func takeRetry(_ node: Node) {
        guard let current = link?.generation else { return }
        guard retries.append(node, generation: current) else { return logger.warning("too many requests for messages at a time") }
        guard !retries.isServing else { return }
        retries.isServing = true
        environment.executor.start { await self.serveRetries() }
    }

    private func serveRetries() async {
        defer { retries.isServing = false }
        while let current = link?.generation, link?.end == nil, let node = retries.next(generation: current) {
            await serveRetry(node, generation: current)
        }
    }

    private func serveRetry(_ node: Node, generation: Int) async {
        do {
            let copy = try await copy(for: node)
            guard link?.generation == generation else { return }
            if let copy { send(copy) }
            acknowledge(node)
        } catch LinkError.closed {
            return
        } catch {
            logger.warning("a message could not be sent again: \(error)")
            guard link?.generation == generation else { return }
            refuseOrEnd(node, because: error)
        }
    }

    /// nil where the request is not to be served.
    private func copy(for node: Node) async throws -> Node? {
        guard let account, let own = account.own else { throw LinkError.closed }
        let request = try RetryRequest(node, own: own)
        guard let found = try await lookUp(request, own: own) else { return nil }
        guard try await knows(found.device) else {
            logger.warning("a device that its owner does not list asks for a message")
            return nil
        }
        let repair = SessionRepair(
            count: request.count, registrationID: request.registrationID, hasKeys: request.keys != nil, situation: found.situation,
            now: environment.now())
        let bundle = try await bundle(for: request, repair, of: found)
        let resend = Resend(
            messageID: request.messageID, kept: found.message, content: content(for: request, of: node), device: found.device,
            destination: ResentMessageStanza.destination(answering: node), timestamp: request.timestamp, count: request.count,
            forgetsSession: repair.forgets, bundle: bundle, isFetched: repair.start == .withFetchedKeys,
            account: account, own: own, session: id, now: environment.now())
        let stanza = try await commitStep { try resend.run(in: $0) }
        logger.notice("a message is sent again to a device that could not read it, count \(request.count)")
        return stanza
    }

    private func content(for request: RetryRequest, of node: Node) -> Resend.Content {
        if request.chat.isGroup { return .member(of: request.chat) }
        return request.isFromMe ? .ownDevice(chat: request.chat) : .recipient
    }

    // MARK: What is asked for, and by whom

    /// nil, with word in the log, where there is nothing to send, or nothing more.
    private func lookUp(_ request: RetryRequest, own: OwnAddresses) async throws -> RetrySubject? {
        guard let account else { throw LinkError.closed }
        // Who is in a group may have to be asked first.
        if request.chat.isGroup { _ = try await group(request.chat) }
        let subject = try await environment.database.run { [id] in
            try RetrySubject(request, account: account, own: own, in: $0, session: id)
        }
        guard let subject else {
            logger.notice("a device asks for a message that is not kept, that was not for it, or once too often")
            return nil
        }
        return subject
    }

    /// Is the device on its owner's list? The list is fetched anew once where it is not.
    private func knows(_ device: JID) async throws -> Bool {
        let target = SendTarget(address: device.bare, phoneNumber: nil)
        do {
            if try await devices(for: target).contains(device) { return true }
            try await forgetDevices(of: listNames(of: device))
            return try await devices(for: target).contains(device)
        } catch is SendFailure {
            return false
        }
    }

    /// The names that a device's list is kept under.
    func listNames(of device: JID) -> [JID] {
        guard let own = account?.own, own.includes(device) else { return [device.bare] }
        return [own.phoneNumber.bare, own.lid?.bare].compactMap(\.self)
    }

    // MARK: Keys

    /// The keys to start a session with; nil where the one that stands will do.
    /// - Throws: `SendFailure.noDevices` where there are none, nor a session.
    private func bundle(for request: RetryRequest, _ repair: SessionRepair, of subject: RetrySubject) async throws -> PreKeyBundle? {
        switch repair.start {
        case .none: return nil
        case .withSentKeys:
            guard let keys = request.keys, try await isGenuine(keys, of: subject.device, among: [:]) else { throw SendFailure.noDevices }
            return keys.bundle
        case .withFetchedKeys:
            if let fetched = try await bundles(of: [subject.device])[subject.device] { return fetched }
            guard subject.situation.hasSession, !repair.forgets else { throw SendFailure.noDevices }
            return nil
        }
    }
}
