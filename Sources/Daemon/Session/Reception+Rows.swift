import CryptoPrimitives
import Model
import Signal
import Store
import WhatsApp

/// What the decrypted content becomes: keys, rows, events.
extension Reception {
    func take(_ content: MessageContent, from sender: JID, in store: inout DatabaseSignalStore, _ news: inout PeerNews) throws {
        if let key = content.groupKey, key.group == message.keyScope {
            let name = SenderKeyName(group: message.keyScope.description, sender: SignalAddress(sender))
            try GroupCipher.process(distribution: key.distribution, from: name, in: &store)
        }
        switch content.kind {
        case .shown(let type, let text):
            if message.chat == .status { try insertStatus(type, text, content.details) }
            guard message.chat.isPerson || message.chat.isGroup else { return }
            try learnExpiration(content)
            try insert(
                type, text, content.details, secret: content.secret, destination: content.destination, media: content.media)
        case .change(let change):
            if message.chat == .status { try changeStatus(change) }
            guard message.chat.isPerson || message.chat.isGroup else { return }
            try take(change, destination: content.destination)
        case .peer(let order): try obey(order, &news)
        case .groupKeyOnly, .ignored: break
        }
    }

    /// Keys are stored at once; a part of the history is noted, to be taken in later.
    private func obey(_ order: PeerOrder, _ news: inout PeerNews) throws {
        switch order {
        case .history(let notice):
            try database.historyParts.add(notice.bytes, messageID: message.id, session: session)
            news.hasHistory = true
        case .appStateKeys(let keys):
            for key in keys {
                let row = AppStateKeyRow(
                    id: Hex.encode(key.id), data: key.data, fingerprint: key.fingerprint, timestamp: key.timestamp)
                _ = try database.appState.put(row, session: session)
            }
            news.hasKeys = !keys.isEmpty
        case .messages(let copies):
            for copy in copies where try database.retries.wasPhoneAsked(for: copy.id, session: session) { try take(copy) }
        case .other: break
        }
    }

    /// The phone's copy takes the place of what could not be read.
    private func take(_ copy: ResentMessage) throws {
        let reception = Reception(
            message: IncomingMessage(copy), account: account, own: own, session: session, now: now, database: database, links: links,
            enqueue: enqueue)
        guard !own.includes(copy.sender), try !reception.isKnown() else { return }
        let content = copy.content
        switch content.kind {
        case .shown(let type, let text):
            try reception.learnExpiration(content)
            try reception.insert(type, text, content.details, secret: content.secret, media: content.media)
        case .change(let change): try reception.take(change, destination: nil)
        // Keys and orders come in no copy.
        case .peer, .groupKeyOnly, .ignored: break
        }
    }

    /// A row, unless it is there already, and the event that belongs to it.
    func insert(
        _ type: MessageType, _ text: String?, _ details: MessageDetails = MessageDetails(), secret: [UInt8]? = nil, destination: JID? = nil,
        media: IncomingMedia? = nil
    ) throws {
        let details = try named(details)
        let chat = try chatContact(destination)
        guard let contact = try database.contacts.find(id: chat, session: session) else { return }
        var row = NewMessage(
            sessionID: session, ownJID: own.phoneNumber, contactID: chat, messageID: message.id, source: .contact, type: type,
            content: text, at: message.timestamp, secret: secret, details: details.text)
        if message.isFromMe {
            row.source = .phone
            let (id, isNew) = try database.messages.insertOutbound(row, status: .sent)
            guard isNew else { return }
            if message.isGroup { try expectReceipts(messageRow: id) }
            let file = try insert(media, messageRow: id)
            return try enqueue(
                .messageSent(
                    messageID: message.id, to: contact.jid, type: type, content: text, source: .phone, details: details.members, file: file,
                    chat: chat, at: now))
        }
        let participant = message.isGroup ? try participantContact() : nil
        row.participantContactID = participant?.id
        let (id, isNew) = try database.messages.insertInbound(row)
        guard try isNew || database.messages.fillPlaceholder(id, with: row) else { return }
        let file = try insert(media, messageRow: id)
        let writer = participant ?? contact
        try enqueue(
            .messageReceived(
                messageID: message.id, from: contact.jid, fromName: writer.name, type: type, content: text, isGroup: message.isGroup,
                sentAt: message.timestamp, lid: writer.lid.map { "\($0)@lid" }, participant: participant?.jid,
                participantPhone: participant?.phoneNumber, details: details.members, file: file, chat: chat, at: now))
    }

    /// The file is to be downloaded; webhooks get the link under which it will be.
    private func insert(_ media: IncomingMedia?, messageRow: Int64) throws -> Event.File? {
        guard let media else { return nil }
        let about = media.descriptor
        let length = about.fileLength.map { Int64(clamping: $0) }
        let row = try database.media.insertReceived(
            NewMedia(
                messageRowID: messageRow, sessionID: session, mimeType: media.mimeType, fileName: media.fileName, fileLength: length,
                category: about.category.rawValue, mediaKey: about.mediaKey, fileSHA256: about.fileSHA256,
                fileEncSHA256: about.fileEncSHA256, directPath: about.directPath, url: about.url), now: now)
        return Event.File(
            url: links.url(row: row, hash: about.fileSHA256), mimeType: media.mimeType, name: media.fileName, size: length)
    }

    /// What the phone wrote into a group is delivered when all have it, as what we write is.
    private func expectReceipts(messageRow: Int64) throws {
        let members = try database.groups.load(message.chat, session: session)?.members ?? []
        try database.messages.expectReceipts(from: members.map(\.jid).filter { !own.includes($0) }, messageRow: messageRow)
    }

    /// Is the message in the log, with its content?
    func isKnown() throws -> Bool {
        guard try isWanted() else { return false }
        let chat = try chatContact(nil)
        let sender = message.isFromMe ? nil : message.isGroup ? try participantContact()?.id : chat
        return try database.messages.isKnown(message.id, contact: chat, sender: sender, session: session)
    }

    /// Replaced when the sender sends the message again.
    func insertPlaceholder() throws {
        guard !message.isFromMe else { return }
        var row = NewMessage(
            sessionID: session, ownJID: own.phoneNumber, contactID: try chatContact(nil), messageID: message.id, source: .contact,
            type: .other, content: nil, at: message.timestamp)
        row.participantContactID = message.isGroup ? try participantContact()?.id : nil
        try database.messages.insertPlaceholder(row)
    }

    func chatContact(_ destination: JID?) throws -> Int64 {
        let chat = destination ?? message.chat
        let other =
            if message.isFromMe { destination == nil || destination == message.chat ? message.chatAlternative : nil } else {
                message.senderAlternative
            }
        return try database.contacts.resolve(ContactAddress(chat.bare, other: message.isGroup ? nil : other), session: session)
    }

    func participantContact() throws -> ContactRow? {
        let id = try database.contacts.resolve(
            ContactAddress(message.sender.bare, other: message.senderAlternative), pushName: message.pushName, session: session)
        return try database.contacts.find(id: id, session: session)
    }
}
