import Logging
import Model
import Store
import WhatsApp

/// The outbox: rows are taken one after the other; their acks come in later, through the reader.
extension Session {
    /// Messages that may wait for their ack at a time, and rows taken at once.
    static let maximumInFlight = 32
    private static let batch = 8
    /// Attempts of one message that the service has put off.
    static let maximumAttempts = 5

    /// Does nothing unless connected, and nothing twice at a time.
    func startSending() {
        guard link?.isActive == true else { return }
        if bulksWait { startBulks() }
        guard !isSending else { return }
        isSending = true
        environment.executor.start { await self.sendDue() }
    }

    private func sendDue() async {
        defer { isSending = false }
        repeat {
            (outboxHasRung, outboxWaits) = (false, false)
            var isIdle = true
            do {
                while link?.isActive == true, link?.end == nil {
                    outboxWaits = inFlight.count >= Self.maximumInFlight
                    if outboxWaits { break }
                    let rows = try await dueRows()
                    if rows.isEmpty { break }
                    isIdle = false
                    for row in rows { try await send(row) }
                    // Less than there was room for: that was all, and who adds more rings.
                    if rows.count < Self.batch { break }
                }
                // Somebody rang and it was for no single message: a bulk, or the sweep.
                if isIdle { startBulks() }
            } catch {
                logger.error("the outbox can not be worked on: \(error)")
                return endLink(.database)
            }
        } while outboxHasRung && link?.isActive == true && link?.end == nil
    }

    private func dueRows() async throws -> [OutboxRow] {
        let now = environment.now()
        if !rowsAreThere {
            let due = try await environment.database.run { [id] in try $0.outbox.nextDueAt(session: id) }
            guard let due, due <= now else { return [] }
        }
        rowsAreThere = false
        environment.checkpoint(.claiming)
        let (busy, isFull) = (uploads.recipients + linkedTexts.recipients, uploads.isFull)
        let rows = try await commit { [id] in
            try $0.outbox.claimDue(session: id, now: now, limit: Self.batch, without: busy, media: !isFull)
        }
        environment.checkpoint(.claimed)
        return rows
    }

    /// From the taken row to the written stanza. Throws only where the database fails.
    func send(_ claimed: OutboxRow) async throws {
        try await settling(claimed) {
            let row = try await self.withMessage(claimed)
            let message = try await self.message(of: row)
            if try await !self.waits(row, message) { try await self.dispatch(try await self.previewed(message), row) }
        }
    }

    /// Everything from the recipient's devices to the written stanza.
    func dispatch(_ message: OutgoingMessage, _ row: OutboxRow) async throws {
        let dispatched =
            if message.recipient.isGroup {
                try await encrypt(message, for: row, toGroup: message.recipient)
            } else {
                try await encrypt(message, for: row)
            }
        write(dispatched.node, for: row, owesToken: dispatched.owesToken)
    }

    /// What becomes of a taken row whose sending fails. Throws only where the database fails.
    func settling(_ claimed: OutboxRow, _ work: () async throws -> Void) async throws {
        do { try await work() } catch let failure as SendFailure {
            try await fail(claimed.id, attempts: claimed.attempts, because: failure)
        } catch let error as StanzaError {
            try await fail(claimed.id, attempts: claimed.attempts, because: Self.failure(of: error))
        } catch let error as StoreError where !error.concernsEverything {
            logger.error("a row of the outbox can not be sent: \(error)")
            try await fail(claimed.id, attempts: claimed.attempts, because: .invalid("The row can not be stored or read (\(error))"))
        } catch is LinkError {
            try await putOff(claimed.id, code: "connection_lost", text: "The connection was lost before the message left", by: 0)
        }
    }

    private static func failure(of error: StanzaError) -> SendFailure {
        switch error {
        case .refused(let code, _, _): .refused(SendRefusal(code: code))
        default: .refused(.other(0))
        }
    }

    /// Rows that were inserted by SQL are checked here for the first time, with the owner's country for numbers that need one.
    func message(of row: OutboxRow) async throws -> OutgoingMessage {
        guard row.messageRowID == nil, row.bulkJobID == nil else { return try Self.message(of: row, defaultCountry: nil) }
        let country = try await environment.database.run { try $0.settings.value("numbers.default_country") }
        return try Self.message(of: row, defaultCountry: country.flatMap(SettingForm.country).flatMap { $0.isEmpty ? nil : $0 })
    }

    private static func message(of row: OutboxRow, defaultCountry: String?) throws(SendFailure) -> OutgoingMessage {
        guard let kind = MessageType(rawValue: row.kind) else { throw .invalid("kind: there is no kind of message named so") }
        do {
            guard case .object(let members) = try JSONParser.parse(row.payload) else {
                throw SendFailure.invalid("payload: not a JSON object")
            }
            // Only the API puts files beside its rows; what else is named so would be another's.
            guard row.source != .sql || !members.contains(where: { $0.key == OutgoingMedia.spoolField }) else {
                throw SendFailure.invalid("payload: `\(OutgoingMedia.spoolField)` is the API's own; give the file's address")
            }
            return try OutgoingMessage(kind, fields: Fields(members), to: row.to, defaultCountry: defaultCountry)
        } catch let failure as SendFailure { throw failure } catch { throw .invalid("\(error)") }
    }

    /// A row that was inserted by SQL gets its row in the log first.
    private func withMessage(_ row: OutboxRow) async throws -> OutboxRow {
        guard row.messageRowID == nil else { return row }
        let message = try await message(of: row)
        guard let own = account?.own else { throw LinkError.closed }
        let now = environment.now()
        var random = SystemRandomNumberGenerator()
        let messageID = MessageID.make(
            unixSeconds: now.seconds, user: own.phoneNumber.user, random: (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
        return try await commit { [id] database in
            let contact = try database.contacts.resolve(ContactAddress(message.recipient), session: id)
            let stored = try database.messages.insertOutbound(
                NewMessage(
                    sessionID: id, ownJID: own.phoneNumber, contactID: contact, messageID: messageID, source: row.source,
                    type: message.kind, content: message.summary, at: now, details: message.details.text))
            try database.outbox.attach(messageRow: stored.id, to: message.recipient, id: row.id)
            return try database.outbox.find(id: row.id) ?? row
        }
    }

    /// Ciphertexts are committed by now; what happens from here on repeats the same bytes.
    private func write(_ stanza: Node, for row: OutboxRow, owesToken: Bool) {
        guard let messageID = row.messageID, let messageRowID = row.messageRowID, link != nil, link?.end == nil else { return }
        inFlight[messageID] = InFlightMessage(
            outboxID: row.id, messageRowID: messageRowID, attempts: row.attempts, to: stanza.jid("to"), participantHash: stanza.string("phash"),
            owesToken: owesToken, writtenAt: steadyNow)
        send(stanza)
        environment.checkpoint(.messageQueued)
        watchForAcks()
    }

    /// One timer for all messages: the loop looks through all its timers whenever one of them is cancelled.
    private func watchForAcks() {
        guard let current = link?.generation, link?.watchesForAcks == false, let oldest = inFlight.values.map(\.writtenAt).min() else { return }
        link?.watchesForAcks = true
        after(oldest + SessionTimes.messageAck - steadyNow) { await $0.lookForAcks(generation: current) }
    }

    private func lookForAcks(generation: Int) {
        guard link?.generation == generation else { return }
        link?.watchesForAcks = false
        if inFlight.values.contains(where: { steadyNow - $0.writtenAt >= SessionTimes.messageAck }) {
            return endLink(.unreachable("a message was not acknowledged in time"))
        }
        watchForAcks()
    }

    /// After a login: what may or may not have arrived is sent again, byte for byte; what was only taken is taken anew.
    func resendUnacknowledged() async throws {
        let held = uploads.rowIDs + linkedTexts.rowIDs
        let rows = try await commit { [id, isSending, isSendingBulks] database in
            if !isSending, !isSendingBulks { try database.outbox.requeueInterrupted(session: id, except: held) }
            return try database.outbox.unacked(session: id)
        }
        for row in rows {
            guard let bytes = row.stanza, let stanza = try? BinaryXML.decode(bytes) else { continue }
            write(stanza, for: row, owesToken: true)
        }
    }
}
