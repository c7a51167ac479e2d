import Logging
import Model
import Signal
import Store
import WhatsApp

/// Who a message goes to, and its encryption. Answers of the service are kept, so that it is asked once.
extension Session {
    /// Throws ``SendFailure``, ``LinkError`` and errors of service and database.
    func target(for recipient: JID) async throws -> SendTarget {
        guard let own = account?.own else { throw LinkError.closed }
        let known = try await environment.database.run { [id] in try SendTarget.known(for: recipient, own: own, in: $0, session: id) }
        if let known { return known }
        return try await lookUp(recipient)
    }

    /// Is the number on WhatsApp, and under which LID? What was answered before counts, where it names the LID.
    private func lookUp(_ recipient: JID) async throws -> SendTarget {
        let now = environment.now()
        var found = try await environment.database.run { [id] in
            try $0.numbers.remembered(recipient.user, at: now, session: id).flatMap { RegisteredNumber($0) }
        }
        if found == nil { found = try await registration(of: recipient) }
        guard let found else { throw SendFailure.notOnWhatsApp }
        let number = found.number
        if number != recipient.bare {
            let isOptedOut = try await environment.database.run { [id] in try $0.optOuts.contains(ContactAddress(number), session: id) }
            if isOptedOut { throw SendFailure.optedOut }
        }
        guard found.lid != nil || number != recipient.bare else { return SendTarget(address: number, phoneNumber: nil) }
        try await commit { [id] database in
            let contact = try KnownPair.contact(number, other: found.lid, in: database, session: id)
            if number != recipient.bare { try database.contacts.unite(number: recipient.user, with: contact, session: id) }
        }
        return found.lid.map { SendTarget(address: $0, phoneNumber: number) } ?? SendTarget(address: number, phoneNumber: nil)
    }

    /// nil where nobody is there. Where the service says nothing of the number (not every one can be asked so) its devices tell.
    private func registration(of recipient: JID) async throws -> RegisteredNumber? {
        let finding: RegisteredNumber.Finding?
        do {
            finding = try await registrations(of: [recipient.user], within: SessionTimes.numberQuery).first
        } catch StanzaError.refused(let code, _, _) where code == 501 || !SendRefusal(code: code).isTransient {
            finding = nil
        } catch LinkError.timedOut {
            finding = nil
        }
        guard let finding, finding.isAnswered else { return RegisteredNumber(number: recipient, lid: nil) }
        return finding.found
    }

    func querySID() -> String { "\(steadyNow).\(UInt32.random(in: 0 ... .max, using: &random))" }

    /// Encrypts for every device and keeps the finished bytes, in one transaction: a message key is never used twice. Nearly always the tables know all that
    /// it takes; where they do not, nothing was changed yet, and the service is asked.
    func encrypt(_ message: OutgoingMessage, for row: OutboxRow) async throws -> Dispatched {
        guard let account, let own = account.own, let messageID = row.messageID, let messageRowID = row.messageRowID, let contactID = row.contactID else {
            throw LinkError.closed
        }
        var dispatch = Dispatch(
            message: message, messageID: messageID, messageRowID: messageRowID, outboxID: row.id, account: account, own: own, session: id,
            contactID: contactID, now: environment.now())
        while true {
            do {
                return try await encrypting { [dispatch] in try dispatch.run(in: $0) }
            } catch Dispatch.Missing.target {
                dispatch.target = try await lookUp(message.recipient)
            } catch Dispatch.Missing.devices(let target) {
                dispatch.devices = try await devices(for: target)
            } catch Dispatch.Missing.bundles(let devices) {
                dispatch.bundles = try await bundles(of: devices)
            }
            dispatch.now = environment.now()
        }
    }

    /// The transaction of a message to people or groups.
    func encrypting(_ run: @escaping @Sendable (Database) throws -> Dispatched) async throws -> Dispatched {
        let dispatched = try await commitStep { [environment] in
            let dispatched = try run($0)
            environment.checkpoint(.encrypting)
            return dispatched
        }
        environment.checkpoint(.encrypted)
        if dispatched.skipped > 0 { logger.warning("\(dispatched.skipped) devices have no keys and can not read a message") }
        return dispatched
    }
}
