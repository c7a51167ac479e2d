import Model
import Store
import WhatsApp

/// Receipts of groups come from each member; a message of ours is delivered, or read, when all have it.
extension Session {
    func advanceInGroup(_ receipt: Receipt) async throws {
        guard let status = receipt.status else { return }
        var steps = receipt.members.map { ([$0.id], [$0.member], $0.timestamp ?? receipt.timestamp) }
        if let sender = receipt.sender {
            steps.append((receipt.ids, [sender.bare, receipt.chatAlternative].compactMap(\.self), receipt.timestamp))
        }
        let now = environment.now()
        try await commit { [self, steps] database in
            guard let contact = try database.contacts.find(ContactAddress(receipt.chat), session: id) else { return }
            for (ids, names, time) in steps {
                let changed = try database.messages.advanceStatus(
                    ids, to: status, by: try allNames(of: names, in: database), in: receipt.chat, contact: contact.id, at: time ?? now,
                    session: id)
                for row in changed {
                    try enqueue(
                        .messageStatus(messageID: row.messageID, remoteJID: row.remoteJID, status: row.status, chat: row.contactID, at: now),
                        in: database)
                }
            }
        }
    }

    /// Receipts may name a member by the address that the group does not use.
    private nonisolated func allNames(of names: [JID], in database: Database) throws -> [JID] {
        guard names.count == 1, let name = names.first, let contact = try database.contacts.find(ContactAddress(name), session: id) else {
            return names
        }
        let known = [
            contact.lid.map { JID(user: $0, server: .lid) }, contact.phoneNumber.map { JID(user: $0, server: .phoneNumber) },
        ]
        return Array(Set(names + known.compactMap(\.self)))
    }
}
