import Logging
import NIOCore
import Signal
import Store
import WhatsApp

/// The keys with which others begin sessions with this device: how the service gets them. Source: protocol notes on the Signal layer, section 2.
extension Session {
    /// The service says that keys run low; it may say so again while we are at it.
    func startPreKeyUpload() {
        guard !isOfferingKeys, link?.isLoggedIn == true else { return }
        environment.executor.start {
            do { try await self.topUpPreKeys(onServer: try PreKeyCount.read(await self.ask(PreKeyCount.query))) } catch {
                await self.logPreKeyTrouble(error)
            }
        }
    }

    private func logPreKeyTrouble(_ error: any Error) { logger.warning("pre-keys could not be uploaded: \(error)") }

    func topUpPreKeys(onServer: Int) async throws {
        guard !isOfferingKeys else { return }
        let here = try await environment.database.run { [id] in try $0.signal.preKeyCount(session: id) }
        guard onServer < PreKeyUpload.lowWaterMark || here < PreKeyUpload.lowWaterMark else { return }
        try await uploadPreKeys()
    }

    /// Offers one-time keys. They are stored first and marked when the service has confirmed them: after a lost answer the same ones
    /// are offered again.
    private func uploadPreKeys() async throws {
        guard let account, !isOfferingKeys else { return }
        isOfferingKeys = true
        defer { isOfferingKeys = false }
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

    /// Runs beside everything else after each login.
    func lookAfterKeys() async {
        await renewSignedPreKey()
        await checkDigest()
    }

    /// Looks once a day whether the signed pre-key is due, and offers another one then.
    private func renewSignedPreKey() async {
        signedPreKeyTimer?.cancel()
        signedPreKeyTimer = after(SessionTimes.signedPreKeyLook) { await $0.renewSignedPreKey() }
        guard !isOfferingKeys, link?.isActive == true else { return }
        isOfferingKeys = true
        defer { isOfferingKeys = false }
        do { try await offerDueSignedPreKey() } catch LinkError.closed {
            return
        } catch {
            logger.warning("the signed pre-key could not be renewed: \(error)")
        }
    }

    /// Stored before it is offered, and in use when the service has confirmed it: after a lost answer the same one is offered again.
    private func offerDueSignedPreKey() async throws {
        guard let identity = account?.identity else { return }
        let now = environment.now()
        let due = try await commit { [id] in try PreKeyStock(database: $0, session: id).dueSignedKey(identity: identity, now: now) }
        guard let key = due else { return }
        environment.checkpoint(.signedPreKeyMade)
        do {
            _ = try Query.answer(await ask(SignedPreKeyRotation.query(key)))
        } catch let error as StanzaError {
            if SignedPreKeyRotation.isFinal(error) { try await commit { [id] in try $0.credentials.deleteSignedPreKey(id: key.id, session: id) } }
            throw error
        }
        environment.checkpoint(.signedPreKeyTaken)
        try await commit { [id] in try $0.credentials.offerSignedPreKey(id: key.id, session: id) }
        account?.signedPreKey = key
        logger.info("the signed pre-key is \(key.id) from now on")
    }
}
