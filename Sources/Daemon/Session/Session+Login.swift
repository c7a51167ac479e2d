import Logging
import Model
import Signal
import Store
import WhatsApp

/// What follows a successful login, in the order that the service expects. Source: protocol notes on the transport, section 6.
extension Session {
    /// Runs beside the reader, which has to deliver the answers.
    func logIn(_ success: LoginSuccess) {
        // Some services greet a client that wants to be linked in the same way; there is nothing to log in to.
        guard link?.isLogin == true, link?.isLoggedIn == false, let current = link?.generation else { return }
        link?.isLoggedIn = true
        if let time = success.serverTime { link?.serverTimeOffset = time.milliseconds - environment.now().milliseconds }
        environment.executor.start {
            do {
                try await self.completeLogin(success)
            } catch {
                await self.loginFailed(error, generation: current)
            }
        }
    }

    private func completeLogin(_ success: LoginSuccess) async throws {
        if let lid = success.lid { try await learnOwnLID(lid) }
        if isUnlinking { return await unlink() }
        guard let current = link?.generation, var account else { return }
        send(InformationBroadcast.unifiedSession(serverTime: environment.now().adding(milliseconds: link?.serverTimeOffset ?? 0)))
        try await tolerating("the pre-keys") {
            try await self.topUpPreKeys(onServer: try PreKeyCount.read(await self.ask(PreKeyCount.query, within: SessionTimes.loginQuery)))
        }
        try await tolerating("becoming active") {
            _ = try Query.answer(await self.ask(LoginSuccess.becomeActive, within: SessionTimes.loginQuery))
        }
        guard link?.generation == current else { return }
        link?.isActive = true
        environment.executor.start { await self.lookAfterKeys() }
        account = self.account ?? account
        // Nobody sits in front of this device: the phone keeps notifying its owner, receipts go out as "inactive".
        if let name = account.pushName { send(Presence.unavailable(pushName: name)) }
        try await announceConnection(account)
        logger.notice("connected")
        try await resendUnacknowledged()
        startSending()
        startActions()
        try await repeatQuestions()
        askPhoneAgain()
        startDownloads()
        learnGroups()
        try await resumeAppState()
        startHistory()
    }

    /// What the service refuses or leaves unanswered is logged, and the login goes on: only a lost connection and the database end it.
    private func tolerating(_ what: String, _ step: () async throws -> Void) async throws {
        do { try await step() } catch let error as StanzaError {
            logger.warning("the service refused \(what): \(error)")
        } catch LinkError.timedOut {
            logger.warning("the service did not answer to \(what)")
        }
    }

    private func loginFailed(_ error: any Error, generation: Int) {
        guard link?.generation == generation else { return }
        if case LinkError.closed = error { return }
        logger.error("the login could not be completed: \(error)")
        endLink(error is StoreError ? .database : .unreachable("login incomplete"))
    }

    private func learnOwnLID(_ lid: JID) async throws {
        // The service may name the account or this device; the device is ours in any case.
        guard let own = account?.own, case let lid = lid.withDevice(own.phoneNumber.device), own.lid != lid else { return }
        try await commit { [id] database in
            _ = try database.contacts.resolve(ContactAddress(own.phoneNumber, other: lid), session: id)
        }
        account?.own = OwnAddresses(phoneNumber: own.phoneNumber, lid: lid)
    }
}
