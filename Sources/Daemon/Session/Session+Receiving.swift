import Logging
import Model
import Signal
import Store
import WhatsApp

/// Messages and receipts that arrive. Acks and receipts go out after the commit; where the database fails none goes out,
/// and the service brings the stanza again.
extension Session {
    func receive(_ node: Node) async {
        guard let account, let own = account.own else { return acknowledge(node) }
        let message: IncomingMessage
        do { message = try IncomingMessage(node, own: own, now: environment.now()) } catch {
            logger.warning("a message without \(error)")
            return acknowledge(node, refusal: .unparsable)
        }
        do {
            environment.checkpoint(.messageArrived)
            let outcome = try await store(message, account: account, own: own)
            environment.checkpoint(.messageStored)
            answer(outcome, to: message, node)
            environment.checkpoint(.receiptQueued)
            if message.isGroup { learnGroup(message.chat) }
            startDownloads()
            if message.isFromMe, message.sender.device == 0, let name = message.pushName { await noteOwnName(name) }
        } catch {
            logger.error("a message could not be stored: \(error)")
            refuseOrEnd(node, because: error)
        }
    }

    /// What fails for a reason of its own would fail at every repetition: the service is told, the log has it, others go on.
    func refuseOrEnd(_ node: Node, because error: any Error) {
        if let error = error as? StoreError, error.concernsEverything { return endLink(error == .leaseLost ? .leaseLost : .database) }
        acknowledge(node, refusal: node.tag == "message" ? .unhandled : nil)
    }

    private func store(_ message: IncomingMessage, account: Account, own: OwnAddresses) async throws -> ReceptionOutcome {
        let now = environment.now()
        return try await commit { [self] database in
            let outcome = try Reception(
                message: message, account: account, own: own, session: id, now: now, database: database,
                links: environment.files.links, enqueue: { try self.enqueue($0, in: database) }
            ).run()
            environment.checkpoint(.storingMessage)
            return outcome
        }
    }

    private func answer(_ outcome: ReceptionOutcome, to message: IncomingMessage, _ node: Node) {
        switch outcome {
        case .accepted(let news):
            send(MessageReceipt.delivery(of: message, stanza: node, isAvailable: link?.typing.isAvailable ?? false))
            if news.hasHistory { startHistory() }
            if news.hasKeys { startAppState(AppStateCollection.allCases) }
            startReadReceipt(for: message)
        case .acknowledged:
            acknowledge(node)
            if message.isLeftToPhone { askPhoneSoon() }
        case .refused(let refusal): acknowledge(node, refusal: refusal)
        case .unreadable(let reason, let count, let keys):
            logger.warning("a message could not be decrypted (\(reason)), asking again, count \(count)")
            if let account {
                send(
                    RetryReceipt.node(
                        for: message, stanza: node, count: count, reason: reason, registrationID: account.registrationID, keys: keys))
            }
            acknowledge(node)
            askPhoneSoon()
        }
    }

    /// What the phone wrote tells the account's own name.
    private func noteOwnName(_ name: String) async {
        guard account?.pushName != name else { return }
        account?.pushName = name
        await writeRow { try $0.sessions.setPushName(name, id: $1) }
        send(Presence.unavailable(pushName: name))
    }

    func handleReceipt(_ node: Node) async {
        guard let own = account?.own else { return acknowledge(node) }
        do {
            let receipt = try Receipt(node, own: own)
            // Acknowledged when it is served.
            if receipt.kind == .retry { return takeRetry(node) }
            environment.checkpoint(.statusArrived)
            if let status = receipt.status, receipt.chat.isPerson { try await advance(receipt, to: status) }
            if receipt.chat.isGroup { try await advanceInGroup(receipt) }
            environment.checkpoint(.statusStored)
            acknowledge(node)
        } catch let error as StanzaError {
            logger.warning("an unreadable receipt: \(error)")
            acknowledge(node)
        } catch {
            logger.error("a receipt could not be stored: \(error)")
            refuseOrEnd(node, because: error)
        }
    }

    private func advance(_ receipt: Receipt, to status: MessageStatus) async throws {
        let now = environment.now()
        try await commit { [self] database in
            let address = ContactAddress(receipt.chat, other: receipt.chatAlternative)
            guard let contact = try database.contacts.find(address, session: id) else { return }
            let changed = try database.messages.advanceStatus(
                receipt.ids, to: status, contact: contact.id, at: receipt.timestamp ?? now, session: id)
            for row in changed {
                try enqueue(
                    .messageStatus(messageID: row.messageID, remoteJID: row.remoteJID, status: row.status, chat: row.contactID, at: now),
                    in: database)
            }
        }
    }

    /// Everything is asked anew after an identity or device list has changed.
    func forgetSessions(of user: JID) async throws {
        // The own account's sessions survive: a change there means a new linking, which the service tells otherwise.
        guard let account, account.own?.includes(user) != true, user.device == 0 else { return }
        logger.notice("the security code of a contact has changed")
        startGivingTokenAgain(to: user.bare)
        try await commit { [id] database in
            let pair = try database.contacts.find(ContactAddress(user), session: id)
            let addresses = [user.bare, pair?.lid.map { JID(user: $0, server: .lid) }].compactMap { $0 }
            for address in addresses {
                var store = DatabaseSignalStore(database: database, session: id, account: account)
                try store.retireSessions(ofUser: SignalAddress(address).name)
                try database.signal.forgetKeys(ofUser: SignalAddress(address).name, session: id)
                try database.devices.delete(user: address, session: id)
            }
        }
    }

    /// The names beside `user` that the same person is known by.
    nonisolated func otherNames(of user: JID, in database: Database) throws -> [JID] {
        guard user.isPerson, let contact = try database.contacts.find(ContactAddress(user), session: id) else { return [] }
        return [
            contact.lid.map { JID(user: $0, server: .lid) }, contact.phoneNumber.map { JID(user: $0, server: .phoneNumber) },
        ].compactMap { $0 }.filter { $0 != user }
    }

    func forgetDevices(of users: [JID]) async throws {
        groupNews &+= 1
        try await commit { [self] database in
            for user in users {
                // The list is kept under the name that was asked for, which may be the other one.
                for name in try Set(otherNames(of: user, in: database) + [user]) { try database.devices.delete(user: name, session: id) }
            }
            for group in try database.groups.groups(of: users, session: id) { try database.groups.changed(group, session: id) }
        }
    }
}
