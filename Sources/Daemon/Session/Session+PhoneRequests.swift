import Logging
import Model
import Store
import WhatsApp

/// When the own phone is asked next.
struct PhoneQuestions {
    /// A timer runs.
    var areDue = false
    /// More could not be read since; their senders have not had their time when it rings.
    var haveMore = false
    var isAsking = false
}

/// Messages that their senders' further copies did not make readable are asked of the own phone, which has read them.
/// Source: protocol notes on messages, sections 9 and 10.
extension Session {
    /// The sender's own copies come first. Source: whatsmeow `retry.go`.
    private static let patience: Int64 = 5_000
    /// Phones hand out none that is older.
    private static let oldest: Int64 = 14 * 86_400_000
    private static let requestsAtOnce = 20
    /// Of one message, at as many logins: a phone that was off, or a daemon that was killed, leaves questions open.
    private static let maximumRequests = 3

    /// A message could not be read; if that is so in a moment, the phone is asked for it.
    func askPhoneSoon() {
        guard !phoneQuestions.areDue else {
            phoneQuestions.haveMore = true
            return
        }
        phoneQuestions.areDue = true
        after(Self.patience) { await $0.askPhoneNow() }
    }

    private func askPhoneNow() async {
        let haveMore = phoneQuestions.haveMore
        phoneQuestions = PhoneQuestions(isAsking: phoneQuestions.isAsking)
        await askPhone(lessThan: 1)
        if haveMore { askPhoneSoon() }
    }

    /// After a login: what was not answered, and what was never asked, since a killed daemon's timer did not ring.
    func askPhoneAgain() {
        environment.executor.start { await self.askPhone(lessThan: Self.maximumRequests) }
        askPhoneSoon()
    }

    private func askPhone(lessThan requests: Int) async {
        guard link?.isActive == true, !phoneQuestions.isAsking else { return }
        phoneQuestions.isAsking = true
        defer { phoneQuestions.isAsking = false }
        do {
            let now = environment.now()
            let unread = try await environment.database.run { [id] database in
                try database.retries.unread(
                    askedLessThan: requests, quietSince: now.adding(milliseconds: -Self.patience), notBefore: now.adding(milliseconds: -Self.oldest),
                    limit: Self.requestsAtOnce, session: id
                ).compactMap { message in try PhoneRequest(message, in: database, session: id).map { (message, $0) } }
            }
            for (message, request) in unread {
                try await tellPhone(request.plaintext)
                // Asking twice does no harm, not asking would: noted afterwards.
                try await commit { [id] in try $0.retries.askedPhone(for: message, session: id) }
                environment.checkpoint(.phoneAsked)
                logger.notice("the phone is asked for its copy of a message that could not be read")
            }
            if unread.count == Self.requestsAtOnce { askPhoneSoon() }
        } catch LinkError.closed {
            return
        } catch {
            logger.warning("the phone could not be asked for a message: \(error)")
        }
    }
}

extension PhoneRequest {
    /// nil where the chat is gone, or is not known by an address.
    init?(_ message: UnreadMessage, in database: Database, session: Int64) throws {
        guard let chat = try database.contacts.find(id: message.contactID, session: session)?.wireAddress else { return nil }
        var participant: JID?
        if chat.isGroup {
            participant = try message.participantContactID.flatMap { try database.contacts.find(id: $0, session: session)?.wireAddress }
            guard participant != nil else { return nil }
        }
        self = .message(id: message.messageID, chat: chat, participant: participant)
    }
}
