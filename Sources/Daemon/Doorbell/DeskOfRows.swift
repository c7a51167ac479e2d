import Model
import Store

/// Reads from the rows whether callers of the doorbell have their answer. Where the database fails, nobody has.
struct DeskOfRows: Sendable {
    let database: DatabaseThread
    let now: @Sendable () -> Timestamp

    func outboxIsDone(_ row: Int64) async -> Bool {
        guard let row = try? await database.run({ try $0.outbox.find(id: row) }) else { return false }
        return row.status.isFinal
    }

    func actionIsDone(_ row: Int64) async -> Bool {
        guard let row = try? await database.run({ try $0.actions.find(id: row) }) else { return false }
        return row.status != .pending
    }

    /// - Parameter acted: the session has already changed its row after the wish, so that `disconnected` is its answer.
    func wishIsAnswered(_ session: Int64, acted: Bool) async -> Bool {
        guard let row = try? await database.run({ try $0.sessions.find(id: session) }) else { return false }
        switch (row.wanted, row.status) {
        case (.connected, .connected): return true
        // A QR code is no answer to somebody who wants a code to type, nor the other way round.
        case (.connected, .pairingCode): return row.pairingPhone != nil && row.pairingCode != nil
        case (.connected, .qrReady): return row.pairingPhone == nil && row.qrExpiresAt.map { $0 > now() } ?? false
        // With credentials the API answers as soon as connecting has begun.
        case (.connected, .connecting): return acted && row.jid != nil
        case (.connected, .disconnected): return acted
        case (.disconnected, let status): return status == .disconnected
        case (.loggedOut, _): return false
        }
    }
}
