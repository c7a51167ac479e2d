import Logging
import Model
import Signal
import Store
import WhatsApp

/// Linking this device by a code that the owner types into the phone, where a number was given with the wish to connect.
extension Session {
    /// Makes a code if one is wanted and none is shown, or goes back to QR codes. The service must have offered its references: the
    /// connection is ready then.
    func startLinkCode() async {
        guard let round = link?.pairing, !round.isLinked, account?.isLinked == false else { return }
        let wanted = await wantedLinkCode()
        guard round.linkCode?.phone != wanted else { return }
        if let wanted { return await showLinkCode(for: wanted) }
        link?.pairing?.linkCode = nil
        guard let endsAt = round.endsAt, endsAt > environment.now() else { return endLink(.pairing(.qrExpired)) }
        await publishCode(endsAt: endsAt)
    }

    /// A new code for the same number.
    func showLinkCode() async {
        guard let phone = link?.pairing?.linkCode?.phone, link?.pairing?.isLinked == false else { return }
        await showLinkCode(for: phone)
    }

    private func wantedLinkCode() async -> JID? {
        let row = try? await environment.database.run { [id] in try $0.sessions.find(id: id) }
        return row?.pairingPhone.map { JID(user: $0, server: .phoneNumber) }
    }

    /// Runs beside the reader, which has to deliver the service's answer.
    private func showLinkCode(for phone: JID) async {
        guard let account, let current = link?.generation else { return }
        do {
            let pairing = try LinkCodePairing(phone: phone, using: &random)
            link?.pairing?.linkCode = pairing
            environment.executor.start { await self.announceLinkCode(pairing, noiseKey: account.noise.publicKey, generation: current) }
        } catch {
            logger.error("no code could be made: \(error)")
        }
    }

    private func announceLinkCode(_ pairing: LinkCodePairing, noiseKey: PublicKey, generation: Int) async {
        do {
            let reference = try LinkCodePairing.reference(in: await ask(pairing.hello(noiseKey: noiseKey)))
            guard link?.generation == generation, link?.pairing?.linkCode?.code == pairing.code else { return }
            link?.pairing?.linkCode?.reference = reference
            await writeRow { try $0.sessions.setStatus(.pairingCode, pairingCode: pairing.code.display, id: $1) }
            after(LinkCodePairing.lifetime) { await $0.linkCodeEnded(pairing.code, generation: generation) }
        } catch {
            guard link?.generation == generation else { return }
            logger.error("the service gives no code: \(error)")
            endLink(.pairing(.pairingFailed))
        }
    }

    private func linkCodeEnded(_ code: LinkCode, generation: Int) {
        guard link?.generation == generation, let round = link?.pairing, round.linkCode?.code == code, !round.isLinked else { return }
        endLink(.pairing(.qrExpired))
    }

    /// The owner has typed the code: the secret is stored, then the phone is told; `<pair-success>` follows.
    func finishLinkCode(_ answer: LinkCodeAnswer) async throws {
        // Owners mistype: only `<pair-success>` shows that the code was right.
        guard let account, let round = link?.pairing, !round.isLinked, let pairing = round.linkCode,
            round.linkCodeAnswers < LinkCodePairing.maximumAnswers
        else { return }
        do {
            let (secret, query) = try pairing.finish(answer, identity: account.identity, using: &random)
            try await commit { [id] in try $0.credentials.setAdvSecret(secret, session: id) }
            self.account?.pairingSecret = secret
            link?.pairing?.linkCodeAnswers += 1
            environment.executor.start { await self.tellPhone(query) }
        } catch let error as StoreError {
            throw error
        } catch {
            logger.warning("the phone's answer to the code is not acceptable: \(error)")
        }
    }

    private func tellPhone(_ query: Query) async {
        do { _ = try Query.answer(await ask(query)) } catch {
            logger.error("the phone could not be told: \(error)")
            endLink(.pairing(.pairingFailed))
        }
    }
}
