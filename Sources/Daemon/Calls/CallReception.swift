import Model
import Store
import WhatsApp

/// Takes in news of a call, in the caller's transaction: its row, its events, and whether it is to be refused.
struct CallReception {
    let call: CallStanza
    let own: OwnAddresses
    let session: Int64
    let now: Timestamp
    let database: Database
    /// Stores an event for the webhooks.
    let enqueue: (Event) throws -> Void

    struct Outcome: Sendable {
        /// To be refused once this is committed.
        var rejects: CallRow?
        /// The caller is sent a text.
        var hasText = false
    }

    /// A call that was offered longer ago does not ring any more.
    static let longestRing: Int64 = 90_000
    /// The caller is not sent the text again for so long.
    private static let textPause: Int64 = 12 * 3_600_000

    func run() throws -> Outcome {
        let creator = (call.creator ?? call.from).bare
        switch call.event {
        // Calls that the own phone makes are told to its linked devices too.
        case .offer where !own.includes(creator): return try offered(by: creator)
        case .terminated(let reason): try terminated(reason, creator)
        case .rejected where own.includes(call.from): try terminated("rejected_elsewhere", creator)
        case .offer, .rejected, .other: break
        }
        return Outcome()
    }

    private func contact(_ creator: JID) throws -> Int64 {
        try database.contacts.resolve(ContactAddress(creator, other: call.phoneNumber), session: session)
    }

    private func offered(by creator: JID) throws -> Outcome {
        let chat = try contact(creator)
        guard let contact = try database.contacts.find(id: chat, session: session) else { return Outcome() }
        let (row, isNew) = try database.calls.insert(
            NewCall(
                contactID: chat, callID: call.callID, caller: call.from.bare, creator: creator, isVideo: call.isVideo, isGroup: call.isGroup,
                at: call.timestamp ?? now), session: session)
        if isNew {
            try enqueue(
                .callIncoming(
                    from: contact.jid, callID: call.callID, isVideo: call.isVideo, isGroup: call.isGroup, chat: chat, at: now))
        }
        guard now.milliseconds - (call.timestamp ?? now).milliseconds <= Self.longestRing else { return Outcome() }
        // Told again: the refusal may have been lost.
        if row.status == .rejected, row.reason != "elsewhere" { return Outcome(rejects: row) }
        guard row.status == .ringing, try database.settings.value("calls.reject") == "yes" else { return Outcome() }
        try Self.reject(row, reason: "setting", in: database, now: now, session: session, enqueue: enqueue)
        return Outcome(rejects: row, hasText: try sendText(to: contact, because: row))
    }

    /// Notes that a call is refused, with the event; the stanza is the caller's to send afterwards.
    /// - Returns: false where the call had ended before.
    @discardableResult
    static func reject(
        _ row: CallRow, reason: String, in database: Database, now: Timestamp, session: Int64, enqueue: (Event) throws -> Void
    ) throws -> Bool {
        guard try database.calls.end(id: row.id, as: .rejected, reason: reason, at: now),
            let contact = try database.contacts.find(id: row.contactID, session: session)
        else { return false }
        try enqueue(
            .callRejected(
                from: contact.jid, callID: row.callID, isVideo: row.isVideo, isGroup: row.isGroup, reason: reason, chat: row.contactID,
                at: now))
        return true
    }

    /// Once for each caller and half a day, and never to those who want no messages.
    private func sendText(to contact: ContactRow, because row: CallRow) throws -> Bool {
        guard !call.isGroup, let text = try database.settings.value("calls.reject_text"), let to = JID(parsing: contact.jid),
            let message = try? OutgoingMessage(.text, fields: Fields([JSONMember("message", .string(text))]), to: to.description),
            try !database.optOuts.contains(ContactAddress(to), session: session),
            try !database.calls.wasTexted(contact: contact.id, since: now.adding(milliseconds: -Self.textPause))
        else { return false }
        var random = SystemRandomNumberGenerator()
        let id = MessageID.make(
            unixSeconds: now.seconds, user: own.phoneNumber.user, random: (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
        _ = try database.outbox.enqueue(
            NewOutboxRow(
                sessionID: session, ownJID: own.phoneNumber, to: to, messageID: id, kind: message.kind.rawValue,
                payload: CanonicalJSON.text(message.payload), type: message.kind, content: message.summary), now: now)
        try database.calls.markTexted(id: row.id, at: now)
        return true
    }

    private func terminated(_ reason: String, _ creator: JID) throws {
        guard let chat = try database.contacts.find(ContactAddress(creator, other: call.phoneNumber), session: session),
            let row = try database.calls.find(call.callID, contact: chat.id, session: session)
        else { return }
        switch reason {
        case "rejected_elsewhere":
            try Self.reject(row, reason: "elsewhere", in: database, now: now, session: session, enqueue: enqueue)
        case "accepted_elsewhere": _ = try database.calls.end(id: row.id, as: .accepted, reason: "elsewhere", at: now)
        default: _ = try database.calls.end(id: row.id, as: .missed, reason: reason.isEmpty ? nil : word(reason), at: now)
        }
    }

    /// The service's words are ASCII; anything else does not fit into the column.
    private func word(_ reason: String) -> String? {
        reason.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? String(reason.prefix(64)) : nil
    }
}
