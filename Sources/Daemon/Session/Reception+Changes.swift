import Model
import Store
import WhatsApp

/// What is done to earlier messages: reactions, edits, deletions, votes. Each is a row of its own, so that the log keeps what was before.
extension Reception {
    /// - Parameter destination: the conversation that an own device wrote into.
    func take(_ change: IncomingChange, destination: JID?) throws {
        var details = MessageDetails()
        switch change {
        case .reaction(let emoji, let target):
            details.reactsTo = target.messageID
            details.isReactionRemoved = emoji.isEmpty
            try insert(.reaction, emoji.isEmpty ? nil : emoji, details, destination: destination)
        case .edit(let type, let text, let target): try edit(type, text, target, destination)
        case .deletion(let target): try delete(target, destination)
        case .sealed(let sealed): try open(sealed, destination)
        case .expiration(let seconds, let moment): try setExpiration(seconds, at: moment, destination: destination)
        }
    }

    // MARK: Edits and deletions

    /// Only the author may edit, and nobody what was not written yet.
    private func edit(_ type: MessageType, _ text: String?, _ target: MessageReference, _ destination: JID?) throws {
        let chat = try chatContact(destination)
        let row = try database.messages.find(target.messageID, in: chat, by: author(chat), session: session)
        if let row {
            guard row.createdAt <= message.timestamp else { return }
        } else if try database.messages.find(target.messageID, in: chat, session: session) != nil {
            return
        }
        var details = MessageDetails()
        details.edits = target.messageID
        try insert(type, text, details, destination: destination)
        if let row { try database.messages.markEdited(id: row.id, at: message.timestamp) }
    }

    /// The author takes a message back, or an admin of the group does.
    private func delete(_ target: MessageReference, _ destination: JID?) throws {
        let chat = try chatContact(destination)
        let own = try database.messages.find(target.messageID, in: chat, by: author(chat), session: session)
        let other = own == nil ? try database.messages.find(target.messageID, in: chat, session: session) : nil
        let isAdmin = try own == nil && (other != nil || !target.isBySameSender) ? isFromAdmin() : false
        guard own != nil || isAdmin || (other == nil && target.isBySameSender) else { return }
        var details = MessageDetails()
        details.deletes = target.messageID
        details.isDeletedByAdmin = own == nil && isAdmin
        try insert(.other, nil, details, destination: destination)
        if let row = own ?? other { try database.messages.markDeleted(id: row.id, at: message.timestamp) }
    }

    private func author(_ chat: Int64) throws -> MessageTable.Author {
        if message.isFromMe { return .us }
        return .contact(message.isGroup ? try participantContact()?.id ?? 0 : chat)
    }

    private func isFromAdmin() throws -> Bool {
        guard message.isGroup else { return false }
        // The own phone asks the service first, which knows.
        if message.isFromMe { return true }
        let members = try database.groups.load(message.chat, session: session)?.members ?? []
        return members.contains { member in
            member.role != .member && (member.isNamed(message.sender) || message.senderAlternative.map(member.isNamed) == true)
        }
    }

    // MARK: What only those can read who have the message

    private func open(_ sealed: SealedChange, _ destination: JID?) throws {
        let chat = try chatContact(destination)
        var details = MessageDetails()
        for row in try database.messages.all(sealed.target.messageID, in: chat, session: session) {
            guard let secret = try database.messages.secret(messageID: row.messageID, id: row.id, session: session),
                let plaintext = MessageSecret.open(sealed, secret: secret, senders: try names(ofAuthor: row), changers: try ownNames()),
                let opened = OpenedChange(plaintext, of: sealed)
            else { continue }
            return try take(opened, sealed, about: row, destination)
        }
        // Something was done, though nobody here can tell what.
        switch sealed.use {
        case .pollVote: details.vote = MessageDetails.Vote(pollMessageID: sealed.target.messageID, options: nil)
        case .reaction: details.reactsTo = sealed.target.messageID
        case .comment, .eventResponse: details.quotedMessageID = sealed.target.messageID
        case .messageEdit, .eventEdit: details.edits = sealed.target.messageID
        }
        details.note = "unreadable"
        try insert(sealed.use == .pollVote ? .poll : sealed.use == .reaction ? .reaction : .other, nil, details, destination: destination)
    }

    private func take(_ opened: OpenedChange, _ sealed: SealedChange, about row: MessageRow, _ destination: JID?) throws {
        var details = MessageDetails()
        switch opened {
        case .vote(let hashes):
            let names = OpenedChange.names(of: hashes, among: MessageDetails.pollOptions(of: row.details))
            details.vote = MessageDetails.Vote(pollMessageID: row.messageID, options: names)
            try insert(.poll, names.isEmpty ? nil : names.joined(separator: ", "), details, destination: destination)
        case .reaction(let emoji):
            details.reactsTo = row.messageID
            details.isReactionRemoved = emoji.isEmpty
            try insert(.reaction, emoji.isEmpty ? nil : emoji, details, destination: destination)
        case .comment(let type, let text, var details):
            details.quotedMessageID = row.messageID
            try insert(type, text, details, destination: destination)
        case .edit(let type, let text): try edit(type, text, sealed.target, destination)
        case .response(let word):
            details.quotedMessageID = row.messageID
            details.note = "event_response"
            try insert(.other, word, details, destination: destination)
        }
    }

    private func names(ofAuthor row: MessageRow) throws -> [JID] {
        if row.direction == .outbound { return [own.lid, own.phoneNumber].compactMap { $0?.bare } }
        return try Self.names(of: database.contacts.find(id: row.participantContactID ?? row.contactID, session: session))
    }

    /// Whoever wrote this message, as the sender may have named themselves.
    private func ownNames() throws -> [JID] {
        if message.isFromMe { return [own.lid, own.phoneNumber].compactMap { $0?.bare } }
        let known = try Self.names(of: database.contacts.find(ContactAddress(message.sender.bare), session: session))
        var names: [JID] = []
        for name in [message.sender.bare, message.senderAlternative].compactMap(\.self) + known where !names.contains(name) {
            names.append(name)
        }
        return names
    }

    private static func names(of contact: ContactRow?) -> [JID] {
        [contact?.lid.map { JID(user: $0, server: .lid) }, contact?.phoneNumber.map { JID(user: $0, server: .phoneNumber) }].compactMap(\.self)
    }

    // MARK: Disappearing messages

    /// A message tells its chat's setting; groups tell theirs themselves.
    func learnExpiration(_ content: MessageContent) throws {
        guard let seconds = content.expirationSeconds, message.chat.isPerson else { return }
        try setExpiration(seconds, at: content.expirationSetAt, destination: content.destination)
    }

    private func setExpiration(_ seconds: UInt32, at moment: Timestamp?, destination: JID?) throws {
        guard message.chat.isPerson else { return }
        // A moment to come would keep every later setting out.
        let setAt = min(moment ?? message.timestamp, message.timestamp)
        try database.contacts.setExpiration(seconds, at: setAt, id: chatContact(destination))
    }
}
