import CryptoPrimitives
import FoundationEssentials
import Model
import WAProto
import WhatsApp

/// What the owners of phones send, of every kind.
extension World {
    mutating func say(_ words: PhoneWords, from number: String, now: Timestamp) throws(ControlError) -> String {
        service.now = now
        var phone = try online(number)
        let service = service
        let message: WAMessage
        if let group = JID(parsing: words.to), group.isGroup {
            guard let group = service.groups[group.user] else { throw .notFound("no group \(words.to)") }
            message = try phone.message(
                words, chat: group.jid.description, address: group.jid,
                lid: { name in service.accounts[name].map { _ in service.jid(.phone(name), in: group) } }, now: now, using: &self.service.rng)
        } else {
            guard let account = service.accounts[words.to] else { throw .notFound("no phone \(words.to)") }
            message = try phone.message(
                words, chat: words.to, address: account.lidJID, lid: { service.accounts[$0]?.lidJID }, now: now, using: &self.service.rng)
        }
        self[number] = phone
        do throws(Refusal) {
            let id =
                if let group = JID(parsing: words.to), group.isGroup {
                    try deliver(message, from: number, toGroup: group.user)
                } else { try deliver(message, from: number, to: words.to) }
            settle()
            return id
        } catch {
            self.service.note(error, number)
            throw .conflict(error.reason)
        }
    }

    /// A plain text with its secret.
    mutating func plain(_ text: String) -> WAMessage {
        var message = WAMessage.text(text)
        message.messageContextInfo.messageSecret = Data(Random.bytes(32, using: &service.rng))
        return message
    }

    /// Who is in a chat, for what stands inside of messages.
    func people(in chat: String) -> Phone.ChatPeople {
        let service = service
        let group = JID(parsing: chat).flatMap { $0.isGroup ? service.groups[$0.user] : nil }
        return Phone.ChatPeople(
            chat: chat, number: { service.account(of: $0)?.number }, isAdmin: { group?.member($0)?.role.isAdmin ?? false },
            names: { number in service.accounts[number].map { [$0.lidJID, $0.phoneNumberJID] } ?? [] })
    }
}
