import Model
import Store
import WhatsApp

/// Messages that a person has read, as the API says: their senders are told, or where the owner shows nobody, the own devices alone.
extension Session {
    func tellRead(_ fields: Fields) async throws {
        guard case .array(let values)? = fields["rows"] else { throw SendFailure.invalid("payload: no rows") }
        let ids = values.compactMap { if case .integer(let id) = $0 { id } else { nil } }
        let batches = try await environment.database.run { [id] in try ReadBatch.gather(ids, in: $0, session: id) }
        let shows = try await showsReading()
        guard link?.isActive == true else { throw LinkError.closed }
        for batch in batches {
            for start in stride(from: 0, to: batch.messageIDs.count, by: MessageReceipt.maximumIDs) {
                let part = Array(batch.messageIDs[start..<min(start + MessageReceipt.maximumIDs, batch.messageIDs.count)])
                guard
                    let receipt = MessageReceipt.read(
                        ids: part, chat: batch.chat, participant: batch.participant, at: environment.now(),
                        toOwnDevicesOnly: !shows && batch.chat.isPerson)
                else { continue }
                send(receipt)
            }
        }
    }
}

/// Messages of one sender in one chat: what one receipt may hold.
struct ReadBatch: Sendable {
    let chat: JID
    /// In groups, who wrote them.
    let participant: JID?
    var messageIDs: [String]

    private struct Key: Hashable {
        let chat: Int64
        let participant: Int64?
    }

    static func gather(_ rows: [Int64], in database: Database, session: Int64) throws -> [ReadBatch] {
        var order: [Key] = []
        var batches: [Key: ReadBatch] = [:]
        for id in rows {
            guard let row = try database.messages.find(id: id, session: session), row.direction == .inbound else { continue }
            let key = Key(chat: row.contactID, participant: row.isGroup ? row.participantContactID : nil)
            if batches[key] == nil {
                guard let batch = try ReadBatch(row, in: database, session: session) else { continue }
                batches[key] = batch
                order.append(key)
            }
            batches[key]?.messageIDs.append(row.messageID)
        }
        return order.compactMap { batches[$0] }
    }

    /// nil where chat or sender have no address any more.
    private init?(_ row: MessageRow, in database: Database, session: Int64) throws {
        messageIDs = []
        guard let contact = try database.contacts.find(id: row.contactID, session: session) else { return nil }
        if let group = contact.groupJID.flatMap(JID.init(parsing:)) {
            guard let member = try row.participantContactID.flatMap({ try database.contacts.find(id: $0, session: session) }) else { return nil }
            let addressing = try database.groups.load(group, session: session)?.addressing ?? .lid
            chat = group
            participant = Draft.address(of: member, addressing)
        } else {
            guard let address = Draft.address(of: contact, .lid) else { return nil }
            chat = address
            participant = nil
        }
    }
}
