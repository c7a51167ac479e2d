import Model
import Store

/// `POST messages/send-…`: stores the message, rings the daemon, waits for WhatsApp's word as long as a request may.
enum SendMessage {
    static let text: @Sendable (Call) throws -> Success = { try send(.text, $0) }
    static let location: @Sendable (Call) throws -> Success = { try send(.location, $0) }
    static let contact: @Sendable (Call) throws -> Success = { try send(.contact, $0) }
    static let image: @Sendable (Call) throws -> Success = { try send(file: .image, $0) }
    static let document: @Sendable (Call) throws -> Success = { try send(file: .document, $0) }
    static let video: @Sendable (Call) throws -> Success = { try send(file: .video, $0) }
    static let audio: @Sendable (Call) throws -> Success = { try send(file: .audio, $0) }

    private static func send(_ kind: MessageType, _ call: Call) throws -> Success { try send(kind, try call.fields(), call) }

    private static func send(file kind: MediaKind, _ call: Call) throws -> Success {
        let body = try FileBody(call, kind: kind)
        return try send(kind.messageType, body.fields, call, file: body.file)
    }

    /// - Parameter file: what came with the request; it is kept where a row speaks of it.
    static func send(_ kind: MessageType, _ fields: Fields, _ call: Call, file: SpoolFile? = nil) throws -> Success {
        let message = try OutgoingMessage(kind, fields: fields, defaultCountry: call.settings.defaultCountry)
        let wish = try DeliveryWish(fields, call)
        let idempotency = try idempotency(call, message, wish, file)
        // A repetition gets the first answer, whether WhatsApp is connected now or not.
        if let idempotency, let earlier = try earlier(idempotency, call) { return try answer(earlier, wish, call) }
        try refuseOptedOut(message.recipient, call)
        let session = try call.session()
        let trouble = trouble(of: session, call)
        // Nothing is stored for a session that could not send it now, unless the request lets it wait.
        if let trouble, !wish.mayWait(for: session) { throw trouble }
        try checkQuote(message, call)
        let result = try keeping(file) { try enqueue(message, idempotency, wish, session, call) }
        guard case .stored(let row) = result else { return try answer(result, wish, call) }
        if trouble != nil || wish.sendAt != nil { return SendAnswer.accepted(row) }
        call.ringAndWait(.outbox(session: session.id, row: row.id))
        return try outcome(of: row, call)
    }

    private static func idempotency(
        _ call: Call, _ message: OutgoingMessage, _ wish: DeliveryWish, _ file: SpoolFile?
    ) throws(Problem) -> NewOutboxRow.Idempotency? {
        guard let key = try call.idempotencyKey() else { return nil }
        return NewOutboxRow.Idempotency(
            apiKeyID: call.key.id, key: key.text,
            contentDigest: IdempotencyKey.digest(of: message, sendAt: wish.sendAt, fileDigest: file?.digest))
    }

    /// The file stays where a row was stored, or may have been.
    private static func keeping(_ file: SpoolFile?, _ store: () throws -> EnqueueResult) throws -> EnqueueResult {
        do {
            let result = try store()
            if case .stored = result { file?.keep() }
            return result
        } catch StoreError.commitUncertain {
            file?.keep()
            throw StoreError.commitUncertain
        }
    }

    /// What became of the first request of this name; nil where there was none, or it only met with something that passes: those are tried again.
    private static func earlier(_ idempotency: NewOutboxRow.Idempotency, _ call: Call) throws -> EnqueueResult? {
        let earlier = try call.database.outbox.earlier(idempotency, now: call.now)
        if case .repeated(let row)? = earlier, row.status == .failed,
            WhatsAppRefusal.problem(code: row.errorCode, detail: nil).status == 503
        {
            try call.database.outbox.forgetIdempotency(id: row.id)
            return nil
        }
        return earlier
    }

    /// The message that is answered stands in the log of the same chat; the daemon looks again when it sends.
    private static func checkQuote(_ message: OutgoingMessage, _ call: Call) throws {
        guard let id = message.references.quotedMessageID else { return }
        let contact = try call.database.contacts.find(ContactAddress(message.recipient), session: call.key.sessionID)
        guard let contact, try call.database.messages.find(id, in: contact.id, session: call.key.sessionID) != nil else {
            throw Problem.noMessage(id, field: "quoted_message_id")
        }
    }

    private static func refuseOptedOut(_ recipient: JID, _ call: Call) throws {
        guard try call.database.optOuts.contains(ContactAddress(recipient), session: call.key.sessionID) else { return }
        throw Problem.optedOut(recipient.user)
    }

    /// Why the session could not send anything now.
    static func trouble(of row: SessionRow, _ call: Call) -> Problem? {
        guard SessionState.daemonRuns(call, row) else { return .notConnectedDaemonStopped }
        return row.status == .connected ? nil : .notConnected
    }

    private static func enqueue(
        _ message: OutgoingMessage, _ idempotency: NewOutboxRow.Idempotency?, _ wish: DeliveryWish, _ session: SessionRow, _ call: Call
    ) throws -> EnqueueResult {
        var rng = SystemRandomNumberGenerator()
        let now = call.now
        var row = NewOutboxRow(
            sessionID: session.id, ownJID: session.jid, to: message.recipient,
            messageID: MessageID.make(ownNumber: session.phoneNumber ?? "", at: now, using: &rng), kind: message.kind.rawValue,
            payload: CanonicalJSON.text(message.payload), type: message.kind, content: message.summary, details: message.details.text, apiKeyID: call.key.id,
            idempotency: idempotency, sendAt: wish.sendAt)
        row.allowance = call.allowance(messages: 1)
        return try call.retryingDeadlocks { [row] () throws(StoreError) in try call.database.outbox.enqueue(row, now: now) }
    }

    /// The message is stored: trouble from here on must not look like a failure, or the caller sends it twice.
    private static func outcome(of row: OutboxRow, _ call: Call) throws -> Success {
        do { return try SendAnswer.of(try call.database.outbox.find(id: row.id) ?? row, call) } catch is StoreError {
            return try SendAnswer.of(row, call)
        }
    }

    private static func answer(_ result: EnqueueResult, _ wish: DeliveryWish, _ call: Call) throws -> Success {
        switch result {
        case .stored(let row), .repeated(let row): return try SendAnswer.of(row, call)
        case .conflict: throw Problem.idempotencyConflict
        case .overAllowance: throw Problem.noMessagesLeft(call)
        case .inProgress(let row) where wish.mayWait: return SendAnswer.accepted(row)
        case .inProgress(let row):
            // The first request has had its answer by now: `pending`.
            let answered = row.createdAt.adding(milliseconds: Limits.requestWaitMilliseconds)
            guard answered <= call.now else { throw Problem.inProgress }
            return try SendAnswer.of(row, call)
        }
    }
}
