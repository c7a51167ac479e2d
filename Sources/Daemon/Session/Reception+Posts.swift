import Model
import Store
import WhatsApp

/// What is no message of a chat: statuses, posts of channels, and what only the phone can show.
extension Reception {
    /// The service has the content for the phone alone.
    func insertUnavailable(_ reason: String) throws {
        var details = MessageDetails()
        details.isViewOnce = reason.hasPrefix("view_once")
        try insert(.other, details.isViewOnce ? "View-once message: open it on the phone" : nil, details)
    }

    // Owners who want statuses and posts find them in a table of their own: there are many, and nobody waits for them. They cause no events.

    func insertStatus(_ type: MessageType, _ text: String?, _ details: MessageDetails) throws {
        guard !message.isFromMe, try isOn("receive.statuses") else { return }
        let author = try database.contacts.find(ContactAddress(message.sender.bare), session: session)
        try database.posts.insert(
            NewPost(
                sessionID: session, kind: .status, author: author?.jid ?? message.sender.bare.description,
                authorName: author?.name ?? message.pushName, messageID: message.id, type: type, content: text, details: details.text,
                at: message.timestamp))
    }

    func changeStatus(_ change: IncomingChange) throws {
        guard !message.isFromMe, case .deletion(let target) = change, target.isBySameSender else { return }
        let author = try database.contacts.find(ContactAddress(message.sender.bare), session: session)
        try database.posts.markDeleted(
            target.messageID, author: author?.jid ?? message.sender.bare.description, at: message.timestamp, session: session)
    }

    func insertPost(_ plaintext: [UInt8]) throws {
        guard try isOn("receive.channels"),
            let content = try? MessageContent(plaintext, isFromMe: false, isFromOwnPhone: false), case .shown(let type, let text) = content.kind
        else { return }
        try database.posts.insert(
            NewPost(
                sessionID: session, kind: .channel, author: message.chat.bare.description, authorName: message.pushName, messageID: message.id,
                type: type, content: text, details: content.details.text, at: message.timestamp))
    }

    private func isOn(_ setting: String) throws -> Bool { try database.settings.value(setting) == "yes" }

    /// People who are named, by phone number where it is known.
    func named(_ details: MessageDetails) throws -> MessageDetails {
        guard !details.mentions.isEmpty else { return details }
        var details = details
        // Each is a query; a message that names more people names everybody.
        for (index, text) in details.mentions.enumerated().prefix(50) {
            guard let jid = JID(parsing: text), jid.isLID, let number = try database.contacts.phoneNumber(forLID: jid.user, session: session)
            else { continue }
            details.mentions[index] = JID(user: number, server: .phoneNumber).description
        }
        return details
    }
}
