import Model
import Store
import SwiftProtobuf
import WAProto
import WhatsApp

/// A message of ours as protobuf: its content, and what the log knows of the messages and people that it names.
///
/// Everything is addressed as the chat is: by LID or by phone number.
struct Draft: Sendable {
    let message: OutgoingMessage
    /// The address that the stanza goes to, bare.
    let chat: JID
    let addressing: GroupAddressing
    /// The chat's row.
    let contactID: Int64
    let own: OwnAddresses
    let session: Int64
    /// The message's row in the log, which a file belongs to.
    let messageRowID: Int64
    let now: Timestamp

    /// How long after sending a text can be changed. Source: whatsmeow `send.go`, EditWindow.
    private static let editWindow: Int64 = 20 * 60_000

    /// - Parameter expiration: the chat's setting for disappearing messages.
    /// - Throws: ``SendFailure`` where a message that is named is not in the log, or not to be changed.
    func content(_ expiration: Expiration?, in database: Database) throws -> WAMessage {
        var result: WAMessage
        switch message.content {
        case .text(let text): result = .text(text, preview: message.preview)
        case .location(let place): result = .location(place)
        case .contact(let card): result = .contact(card)
        case .media: result = try file(in: database)
        case .change(let change, let id): return .change(change, of: try target(change, id, in: database), at: now)
        }
        result.apply(try context(expiration, in: database))
        return result
    }

    /// What stands around content of any kind.
    func context(_ expiration: Expiration?, in database: Database) throws -> MessageContext {
        var context = MessageContext()
        context.expirationSeconds = expiration?.seconds ?? 0
        context.expirationSetAt = expiration?.setAt?.seconds
        context.mentions = try message.references.mentions.map { person in
            MessageContext.Mention(written: person.user, jid: try address(of: person, in: database))
        }
        if let id = message.references.quotedMessageID { context.quote = try quote(id, in: database) }
        return context
    }

    /// The file lies at the media hosts by now, and the message that shows it is made.
    private func file(in database: Database) throws -> WAMessage {
        guard let content = try database.media.outgoing(message: messageRowID, session: session)?.content,
            let message = try? WAMessage(serializedBytes: content)
        else { throw SendFailure.fileLost }
        return message
    }

    // MARK: Messages

    private func target(_ change: MessageChange, _ id: String, in database: Database) throws -> MessageTarget {
        let row = try row(id, in: database)
        let isOwn = row.direction == .outbound
        switch change {
        case .reaction: break
        case .edit:
            guard isOwn, row.type == .text else { throw SendFailure.invalid("Only texts of our own can be edited") }
            guard now.milliseconds - row.createdAt.milliseconds <= Self.editWindow else {
                throw SendFailure.invalid("WhatsApp lets a text be edited within 20 minutes of sending it")
            }
        case .deletion:
            guard isOwn || chat.isGroup else { throw SendFailure.invalid("Only our own messages can be taken back from a person") }
        }
        return MessageTarget(chat: chat, messageID: id, sender: isOwn ? nil : try sender(of: row, in: database))
    }

    private func quote(_ id: String, in database: Database) throws -> MessageContext.Quote {
        let row = try row(id, in: database)
        return MessageContext.Quote(
            messageID: id, sender: try sender(of: row, in: database), message: try quoted(row, in: database))
    }

    private func row(_ id: String, in database: Database) throws -> MessageRow {
        guard let row = try database.messages.find(id, in: contactID, session: session), row.status != .failed else {
            throw SendFailure.unknownMessage(id)
        }
        return row
    }

    /// Phones look the message up by its id; what stands here is shown by those that do not have it.
    private func quoted(_ row: MessageRow, in database: Database) throws -> WAMessage {
        if row.direction == .outbound, let copy = try database.messages.retryCopy(messageID: row.messageID, contact: contactID, session: session),
            let kept = try? KeptMessage(copy.plaintext)
        {
            return kept.content
        }
        return .shown(row.type, row.content, details: MessageDetails.members(of: row.details))
    }

    // MARK: People

    private func sender(of row: MessageRow, in database: Database) throws -> JID {
        if row.direction == .outbound { return (addressing == .lid ? own.lid ?? own.phoneNumber : own.phoneNumber).bare }
        guard let contact = try database.contacts.find(id: row.participantContactID ?? row.contactID, session: session) else {
            throw SendFailure.unknownMessage(row.messageID)
        }
        return Self.address(of: contact, addressing) ?? chat
    }

    private func address(of person: JID, in database: Database) throws -> JID {
        if own.includes(person) { return (addressing == .lid ? own.lid ?? own.phoneNumber : own.phoneNumber).bare }
        guard let contact = try database.contacts.find(ContactAddress(person), session: session) else { return person.bare }
        return Self.address(of: contact, addressing) ?? person.bare
    }

    static func address(of contact: ContactRow, _ addressing: GroupAddressing) -> JID? {
        let number = contact.phoneNumber.map { JID(user: $0, server: .phoneNumber) }
        let lid = contact.lid.map { JID(user: $0, server: .lid) }
        return addressing == .lid ? lid ?? number : number ?? lid
    }
}

extension SendFailure {
    /// The row of the file was emptied meanwhile.
    static let fileLost = SendFailure.media("media_missing", "The file of this message is not there any more")
}
