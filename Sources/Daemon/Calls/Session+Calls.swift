import Logging
import Model
import Store
import WhatsApp

/// Calls: told to the webhooks, and refused where the owner wants that.
extension Session {
    func handleCall(_ node: Node) async {
        do {
            if let call = CallStanza(node) { try await take(call) }
            acknowledge(node)
        } catch {
            logger.error("a call could not be stored: \(error)")
            refuseOrEnd(node, because: error)
        }
    }

    private func take(_ call: CallStanza) async throws {
        guard let own = account?.own else { return }
        let now = environment.now()
        let outcome = try await commit { [self] database in
            try CallReception(
                call: call, own: own, session: id, now: now, database: database, enqueue: { try self.enqueue($0, in: database) }
            ).run()
        }
        if let row = outcome.rejects { sendRejection(of: row) }
        if outcome.hasText { await outboxRang() }
    }

    /// After the row says so.
    func sendRejection(of row: CallRow) {
        guard let own = account?.own, let caller = JID(parsing: row.caller), let creator = JID(parsing: row.creator) else { return }
        let stanzaID = MessageID.make(
            unixSeconds: environment.now().seconds, user: own.phoneNumber.user,
            random: (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
        send(CallStanza.rejection(of: row.callID, caller: caller, creator: creator, own: own, id: stanzaID))
    }
}
