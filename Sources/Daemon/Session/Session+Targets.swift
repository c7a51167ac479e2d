import Logging
import Model
import Signal
import Store
import WhatsApp

/// Who a message goes to, and its encryption. Answers of the service are kept, so that it is asked once.
extension Session {
    /// Throws ``SendFailure``, ``LinkError`` and errors of service and database.
    func target(for recipient: JID) async throws -> SendTarget {
        guard recipient.isPerson else { throw SendFailure.unsupportedRecipient }
        let address = ContactAddress(recipient)
        let (contact, isOptedOut) = try await environment.database.run { [id] database in
            (try database.contacts.find(address, session: id), try database.optOuts.contains(address, session: id))
        }
        if isOptedOut { throw SendFailure.optedOut }
        if recipient.isLID {
            return SendTarget(address: recipient.bare, phoneNumber: contact?.phoneNumber.map { JID(user: $0, server: .phoneNumber) })
        }
        if let own = account?.own, own.includes(recipient), let lid = own.lid {
            return SendTarget(address: lid.bare, phoneNumber: own.phoneNumber.bare)
        }
        if let lid = contact?.lid { return SendTarget(address: JID(user: lid, server: .lid), phoneNumber: recipient.bare) }
        return try await lookUp(recipient)
    }

    /// Is the number on WhatsApp, and under which LID?
    private func lookUp(_ recipient: JID) async throws -> SendTarget {
        let answers = try await registration(of: recipient)
        // One number was asked: a service that neither repeats it nor names the user by it can mean nobody else.
        let answer =
            answers.first { $0.askedNumber == recipient.user } ?? answers.first { $0.phoneNumber == recipient.bare }
            ?? (answers.count == 1 ? answers.first : nil)
        // Then its devices tell whether somebody is there.
        if answers.isEmpty { return SendTarget(address: recipient.bare, phoneNumber: nil) }
        // Only "out" says that nobody is there; the word may be missing where an address is given.
        guard let answer, answer.isRegistered ?? answer.isNamed else { throw SendFailure.notOnWhatsApp }
        guard let lid = answer.lid else { return SendTarget(address: answer.phoneNumber ?? recipient.bare, phoneNumber: nil) }
        let number = answer.phoneNumber ?? recipient.bare
        try await commit { [id] database in
            _ = try database.contacts.resolve(ContactAddress(number, other: lid), session: id)
            try database.signal.moveSessions(
                fromUser: SignalAddress(number).name, toUser: SignalAddress(lid).name, session: id)
        }
        return SendTarget(address: lid, phoneNumber: number)
    }

    /// Empty where the service says nothing of the number: not every one can be asked so.
    private func registration(of recipient: JID) async throws -> [UserAnswer] {
        do {
            let query = UserQuery.registration(of: [recipient.user], sid: querySID())
            return try UserQuery.read(await ask(query, within: SessionTimes.numberQuery))
        } catch StanzaError.refused(let code, _, _) where code == 501 || !SendRefusal(code: code).isTransient {
            return []
        } catch LinkError.timedOut {
            return []
        }
    }

    func querySID() -> String { "\(steadyNow).\(UInt32.random(in: 0 ... .max, using: &random))" }

    /// Encrypts for every device and keeps the finished bytes, in one transaction: a message key is never used twice.
    func encrypt(_ message: OutgoingMessage, for row: OutboxRow, to target: SendTarget) async throws -> Node {
        guard let account, let own = account.own, let messageID = row.messageID, let messageRowID = row.messageRowID, let contactID = row.contactID else {
            throw LinkError.closed
        }
        let devices = try await devices(for: target)
        let bundles = try await missingBundles(of: devices)
        let dispatch = Dispatch(
            message: message, messageID: messageID, messageRowID: messageRowID, outboxID: row.id, target: target, devices: devices,
            bundles: bundles, account: account, own: own, session: id, contactID: contactID, now: environment.now())
        let (node, skipped) = try await commit { [environment] in
            let result = try dispatch.run(in: $0)
            environment.checkpoint(.encrypting)
            return result
        }
        environment.checkpoint(.encrypted)
        if skipped > 0 { logger.warning("a message goes out without \(skipped) devices that have no keys") }
        return node
    }
}
