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
        environment.executor.start { await self.checkDigest() }
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

    // MARK: Pre-keys

    /// The service says that keys run low; it may say so again while we are at it.
    func startPreKeyUpload() {
        guard !isUploadingPreKeys, link?.isLoggedIn == true else { return }
        environment.executor.start {
            do { try await self.topUpPreKeys(onServer: try PreKeyCount.read(await self.ask(PreKeyCount.query))) } catch {
                await self.logPreKeyTrouble(error)
            }
        }
    }

    private func logPreKeyTrouble(_ error: any Error) { logger.warning("pre-keys could not be uploaded: \(error)") }

    private func topUpPreKeys(onServer: Int) async throws {
        guard !isUploadingPreKeys else { return }
        let here = try await environment.database.run { [id] in try $0.signal.preKeyCount(session: id) }
        guard onServer < PreKeyUpload.lowWaterMark || here < PreKeyUpload.lowWaterMark else { return }
        try await uploadPreKeys()
    }

    /// Offers one-time keys. They are stored first and marked when the service has confirmed them: after a lost answer the same ones
    /// are offered again.
    private func uploadPreKeys() async throws {
        guard let account, !isUploadingPreKeys else { return }
        isUploadingPreKeys = true
        defer { isUploadingPreKeys = false }
        let keys = try await commit { [id] database in
            try PreKeyStock(database: database, session: id).offer(PreKeyUpload.count)
        }
        environment.checkpoint(.preKeysMade)
        let answer = try await ask(
            PreKeyUpload.query(
                registrationID: account.registrationID, identity: account.identity.publicKey, signedPreKey: account.signedPreKey,
                preKeys: keys))
        _ = try Query.answer(answer)
        environment.checkpoint(.preKeysTaken)
        try await commit { [id] in try $0.signal.markUploaded(keys.map(\.id), session: id) }
        logger.info("offered \(keys.count) pre-keys")
    }

    /// Only "no record" leads to an upload, as with the official client. Runs beside everything else: not every client asks, so that
    /// nothing may depend on an answer.
    private func checkDigest() async {
        do {
            _ = try PreKeyDigest(await ask(PreKeyDigest.query))
        } catch StanzaError.refused(code: PreKeyDigest.noRecord, _, _) {
            logger.warning("the service has no keys of this device")
            do { try await uploadPreKeys() } catch { logPreKeyTrouble(error) }
        } catch LinkError.closed {
            return
        } catch {
            logger.info("no digest of our keys: \(error)")
        }
    }
}
