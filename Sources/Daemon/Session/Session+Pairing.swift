import CryptoPrimitives
import Logging
import Model
import Signal
import Store
import WhatsApp

/// Linking this device to an account by QR code.
extension Session {
    /// The service has sent references: the first one is shown at once, each later one when the one before ends.
    func showCodes(_ node: Node) async {
        send(ServerQuery.result(for: node))
        guard account?.isLinked == false else { return }
        do {
            link?.pairing = PairingRound(references: try PairDevice(node).references)
        } catch {
            logger.error("the service sent no references for QR codes: \(error)")
            return endLink(.pairing(.pairingFailed))
        }
        await showCode(0)
        await startLinkCode()
    }

    private func showCode(_ index: Int) async {
        guard let round = link?.pairing, !round.isLinked, let current = link?.generation else { return }
        guard round.references.indices.contains(index) else {
            // A code that is being typed has its own end.
            return round.linkCode == nil ? endLink(.pairing(.qrExpired)) : ()
        }
        link?.pairing?.index = index
        let lifetime = PairDevice.lifetime(ofReference: index)
        let reference = round.references[index]
        after(lifetime) { await $0.codeEnded(index, reference, generation: current) }
        await publishCode(endsAt: environment.now().adding(milliseconds: lifetime))
    }

    private func codeEnded(_ index: Int, _ reference: String, generation: Int) async {
        // The service may have sent other references meanwhile, with times of their own.
        guard link?.generation == generation, let round = link?.pairing, round.index == index, round.references[index] == reference
        else { return }
        await showCode(index + 1)
    }

    func publishCode(endsAt: Timestamp) async {
        guard let account, let round = link?.pairing, round.references.indices.contains(round.index) else { return }
        let code = PairingCode(
            noisePublicKey: account.noise.publicKey.bytes, identity: account.identity.publicKey, secret: account.pairingSecret)
        let text = code.text(reference: round.references[round.index])
        link?.pairing?.endsAt = endsAt
        if round.linkCode != nil { return }
        let now = environment.now()
        await writeRow { [self] database, id in
            try database.sessions.setStatus(.qrReady, qr: (text, endsAt), id: id)
            try enqueue(.qrReady(text, at: now), in: database)
        }
    }

    /// The phone wants another secret: without it scanning fails. Throws where it could not be stored.
    func refreshPairingSecret() async throws {
        guard account?.isLinked == false, let round = link?.pairing, !round.isLinked, round.linkCodeAnswers == 0 else { return }
        let secret = Random.bytes(32, using: &random)
        try await commit { [id] in try $0.credentials.setAdvSecret(secret, session: id) }
        account?.pairingSecret = secret
        if let endsAt = round.endsAt { await publishCode(endsAt: endsAt) }
    }

    /// The phone has scanned. Everything is stored before the answer goes out: from then on the link exists.
    func link(_ node: Node) async {
        guard let account, link?.pairing?.isLinked != true else { return }
        let success: PairSuccess
        do { success = try PairSuccess(node) } catch {
            logger.error("an unreadable pair-success: \(error)")
            send(ServerQuery.error(for: node, code: 500, text: "internal-error"))
            return endLink(.pairing(.pairingFailed))
        }
        do {
            environment.checkpoint(.pairingArrived)
            let linked = try success.accept(
                identity: account.identity, secret: account.pairingSecret, randomness: Random.bytes(64, using: &random))
            try await store(linked)
            environment.checkpoint(.pairingStored)
            link?.pairing?.isLinked = true
            send(linked.answer)
            environment.checkpoint(.pairingQueued)
            expectRestart()
            logger.notice("linked to \(linked.jid)")
        } catch let error as PairingError {
            logger.error("the phone's answer is not acceptable: \(error)")
            send(success.refusal(error))
            endLink(.pairing(.pairingFailed))
        } catch {
            logger.error("the linked account can not be stored: \(error)")
            send(success.refusal(.malformed("storage")))
            endLink(.database)
        }
    }

    private func expectRestart() {
        guard let current = link?.generation else { return }
        after(SessionTimes.restart) { session in
            await session.endLink(.closed(.restartRequired), generation: current)
        }
    }

    private func store(_ linked: LinkedAccount) async throws {
        let now = environment.now()
        try await commit { [id, environment] database in
            try database.credentials.savePairing(
                jid: linked.jid, lid: linked.lid, account: linked.account, platform: linked.platform,
                businessName: linked.businessName, at: now, session: id)
            if let lid = linked.lid {
                _ = try database.contacts.resolve(ContactAddress(linked.jid, other: lid), session: id)
                // The own phone is device 0 of the own account; its identity is the account's key.
                try database.signal.saveIdentity(linked.accountKey.bytes, address: SignalAddress(lid.bare).description, session: id)
            }
            try database.sessions.setStatus(.connecting, id: id)
            environment.checkpoint(.storingPairing)
        }
        environment.sessionChanged(id)
        account?.proof = linked.account
        account?.own = OwnAddresses(phoneNumber: linked.jid, lid: linked.lid)
    }
}
