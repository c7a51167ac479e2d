import Logging
import Model
import Store
import WhatsApp

/// What the API asks for beside sending: rows of `wa_actions`, done in their order. A row counts as done when its stanzas are written.
extension Session {
    private static let actionsAtOnce = 20

    /// Does nothing unless connected, and nothing twice at a time.
    func startActions() {
        guard link?.isActive == true, !isActing else { return }
        isActing = true
        environment.executor.start { await self.doActions() }
    }

    private func doActions() async {
        defer { isActing = false }
        repeat {
            actionsHaveRung = false
            do {
                while link?.isActive == true, link?.end == nil {
                    let rows = try await environment.database.run { [id] in try $0.actions.pending(session: id, limit: Self.actionsAtOnce) }
                    if rows.isEmpty { break }
                    for row in rows { try await perform(row) }
                }
            } catch LinkError.closed {
                return
            } catch {
                return logger.error("what the API asks for can not be done: \(error)")
            }
        } while actionsHaveRung && link?.isActive == true
    }

    /// Throws where the row is to be tried again.
    private func perform(_ row: ActionRow) async throws {
        var failure: (code: String, text: String)?
        do {
            if let end = row.expiresAt, end <= environment.now() {
                failure = ("expired", "WhatsApp was not connected in time")
            } else {
                try await act(row)
            }
        } catch let error as SendFailure {
            failure = error.row
        } catch let error as StanzaError {
            failure = ("whatsapp_refused", "WhatsApp refused it (\(error))")
        } catch LinkError.timedOut {
            failure = ("whatsapp_unavailable", "WhatsApp did not answer")
        }
        let now = environment.now()
        try await commit { [failure] in try $0.actions.finish(id: row.id, error: failure, at: now) }
        environment.actionChanged(row.id)
    }

    private func act(_ row: ActionRow) async throws {
        guard case .object(let members)? = try? JSONParser.parse(row.payload) else { throw SendFailure.invalid("payload: not a JSON object") }
        let fields = Fields(members)
        switch row.kind {
        case .read: try await tellRead(fields)
        case .typing: try await showTyping(fields)
        case .rejectCall: try await rejectCall(fields)
        }
    }

    private func rejectCall(_ fields: Fields) async throws {
        guard case .integer(let call)? = fields["call"] else { throw SendFailure.invalid("payload: no call") }
        let now = environment.now()
        let row = try await commit { [self] database in
            guard let row = try database.calls.find(id: call, session: id) else { throw SendFailure.invalid("there is no such call") }
            try CallReception.reject(
                row, reason: "api", in: database, now: now, session: id, enqueue: { try self.enqueue($0, in: database) })
            return try database.calls.find(id: call, session: id) ?? row
        }
        // After a crash in between the row says so already, and the stanza goes out now.
        guard row.status == .rejected, row.reason == "api" else {
            throw SendFailure.invalid("the call is over")
        }
        guard link?.isActive == true else { throw LinkError.closed }
        sendRejection(of: row)
    }
}
