import Model
import Store
import WhatsApp

/// Stores things of the history, in the caller's transaction. What is known better stays.
struct HistoryRows {
    let database: Database
    let own: OwnAddresses
    let session: Int64

    func store(_ items: [HistoryItem]) throws {
        var messages: [JID: [HistoryMessage]] = [:]
        var order: [JID] = []
        for item in items {
            switch item {
            case .message(let message):
                if messages[message.chat] == nil { order.append(message.chat) }
                messages[message.chat, default: []].append(message)
            case .chat(let jid, let other, let name, let token): try chat(jid, other: other, name: name, token: token)
            case .pushName(let jid, let name):
                guard !own.includes(jid) else { continue }
                _ = try database.contacts.resolve(ContactAddress(jid), pushName: name, session: session)
            case .contact(let jid, let other, let name):
                try nameUnlessNamed(KnownPair.contact(jid, other: other, in: database, session: session), name)
            case .pair(let pair): try KnownPair(number: pair.number, lid: pair.lid).learn(in: database, session: session)
            case .tokenSalt(let salt): try database.privacyTokens.setSalt(salt, session: session)
            }
        }
        for chat in order { try store(messages[chat] ?? [], in: chat) }
    }

    private func store(_ messages: [HistoryMessage], in chat: JID) throws {
        let contact = try database.contacts.resolve(ContactAddress(chat), session: session)
        var writers: [JID: Int64] = [:]
        var past: [PastMessage] = []
        for message in messages {
            var row = NewMessage(
                sessionID: session, ownJID: own.phoneNumber, contactID: contact, messageID: message.id, source: .history,
                type: message.type, content: message.text, at: message.timestamp, secret: message.secret)
            if let writer = message.participant {
                // What this account wrote is not somebody else's, whatever the key says.
                guard !own.includes(writer) else { continue }
                let known = try writers[writer] ?? database.contacts.resolve(
                    ContactAddress(writer), pushName: message.pushName, session: session)
                writers[writer] = known
                row.participantContactID = known
            }
            past.append(PastMessage(row, isFromMe: message.isFromMe, status: message.status))
        }
        try database.messages.insertPast(past, contact: contact, session: session)
    }

    private func chat(_ jid: JID, other: JID?, name: String?, token: HistoryItem.Token?) throws {
        let id =
            jid.isPerson
            ? try KnownPair.contact(jid, other: other, in: database, session: session)
            : try database.contacts.resolve(ContactAddress(jid), session: session)
        if let name { try nameUnlessNamed(id, name) }
        guard let token, let lid = try database.contacts.find(id: id, session: session)?.lid else { return }
        try database.privacyTokens.put(token.bytes, at: token.seconds, lid: lid, session: session)
        if let givenAt = token.givenAt { try database.privacyTokens.setGiven(at: givenAt, lid: lid, session: session) }
    }

    /// The address book and the groups themselves know better.
    private func nameUnlessNamed(_ id: Int64, _ name: String) throws {
        guard try database.contacts.find(id: id, session: session)?.savedName == nil else { return }
        try database.contacts.setSavedName(name, id: id)
    }
}
