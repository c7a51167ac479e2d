import Logging
import Model
import Store
import WhatsApp

/// What becomes of messages of ours: rows, events, and word to whoever waits at the doorbell.
extension Session {
    /// The service has taken the message, or refused it.
    func acknowledged(_ ack: MessageAck) async {
        guard let flight = inFlight.removeValue(forKey: ack.id) else { return }
        environment.checkpoint(.ackArrived)
        do {
            if let refusal = ack.refusal {
                logger.warning("a message was refused: \(refusal)")
                if let group = flight.group, try await isRetried(flight, to: group, because: refusal) { return startSending() }
                try await fail(flight.outboxID, attempts: flight.attempts, because: .refused(refusal))
            } else {
                let addressees = ack.participantHash == nil ? nil : try await addressees(of: flight)
                try await sent(flight, at: ack.timestamp ?? environment.now())
                if flight.owesToken, let person = flight.person { startGivingToken(to: person) }
                if let group = flight.group, let hash = ack.participantHash, hash != flight.participantHash {
                    logger.notice("a group has other devices than we know")
                    try await distrustDevices(of: group)
                }
                if let addressees, let hash = ack.participantHash { serveMissingDevices(of: addressees, hash: hash) }
            }
            if outboxWaits || bulksWait { startSending() }
        } catch {
            logger.error("an ack could not be stored: \(error)")
            endLink(.database)
        }
    }

    private func sent(_ flight: InFlightMessage, at time: Timestamp) async throws {
        let now = environment.now()
        try await commit { [self] database in
            let changed = try database.outbox.sent(id: flight.outboxID, at: time)
            guard let row = try changed ?? database.messages.find(id: flight.messageRowID, session: id) else { return }
            try MessageChanges(session: id, database: database).note(row, at: time)
            if let group = flight.group {
                try database.signal.confirmKeys(of: row.messageID, group: group.description, session: id)
            }
            var events: [Event] = [
                .messageSent(
                    messageID: row.messageID, to: row.remoteJID, type: row.type, content: row.content, source: row.source,
                    details: MessageDetails.members(of: row.details), chat: row.contactID, at: now)
            ]
            // A receipt may have been faster than the ack; then its status has been told.
            if changed != nil {
                events.append(
                    .messageStatus(messageID: row.messageID, remoteJID: row.remoteJID, status: .sent, chat: row.contactID, at: now))
            }
            try enqueue(events, in: database)
            environment.checkpoint(.storingAck)
        }
        environment.checkpoint(.ackStored)
        told(flight.outboxID)
    }

    /// The end of the message, or, where the service only asked for patience, of this attempt.
    func fail(_ outboxID: Int64, attempts: Int, because failure: SendFailure) async throws {
        let (code, text) = failure.row
        if failure.isTransient, attempts < Self.maximumAttempts {
            let pause = SessionTimes.sendAgain << Int64(min(max(attempts - 1, 0), 8))
            return try await putOff(outboxID, code: code, text: text, by: pause)
        }
        let now = environment.now()
        try await commit { [self] database in
            guard let row = try database.outbox.failed(id: outboxID, code: code, error: text, at: now) else { return }
            try enqueue(
                .messageStatus(
                    messageID: row.messageID, remoteJID: row.remoteJID, status: .failed, error: "\(code): \(text)", chat: row.contactID,
                    at: now),
                in: database)
        }
        told(outboxID)
    }

    func putOff(_ outboxID: Int64, code: String, text: String, by milliseconds: Int64) async throws {
        let time = environment.now().adding(milliseconds: milliseconds)
        try await commit { try $0.outbox.retryLater(id: outboxID, at: time, code: code, error: text) }
    }

    private func told(_ outboxID: Int64) {
        environment.outboxChanged(outboxID)
    }
}
