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

    /// Encrypts for every device and keeps the finished bytes, in one transaction: a message key is never used twice.
    func encrypt(_ message: OutgoingMessage, for row: OutboxRow, to target: SendTarget) async throws -> Node {
        guard let account, let own = account.own, let messageID = row.messageID, let messageRowID = row.messageRowID, let contactID = row.contactID else {
            throw LinkError.closed
        }
        let devices = try await devices(for: target)
        // Nearly always there is a session with every device. Where there is not, nothing was changed yet.
        var bundles: [JID: PreKeyBundle]?
        while true {
            let dispatch = Dispatch(
                message: message, messageID: messageID, messageRowID: messageRowID, outboxID: row.id, target: target, devices: devices,
                bundles: bundles, account: account, own: own, session: id, contactID: contactID, now: environment.now())
            do {
                let (node, skipped) = try await commitStep { [environment] in
                    let result = try dispatch.run(in: $0)
                    environment.checkpoint(.encrypting)
                    return result
                }
                environment.checkpoint(.encrypted)
                if skipped > 0 { logger.warning("a message goes out without \(skipped) devices that have no keys") }
                return node
            } catch let needs as Dispatch.NeedsBundles {
                bundles = try await self.bundles(of: needs.devices)
            }
        }
    }
}
