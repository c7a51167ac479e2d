import Model
import WhatsApp

/// "… is typing": shown for a short while, during which this device counts as being looked at. It never stays so: phones would not
/// notify their owner any more. Source: protocol notes on state, section 6.
extension Session {
    /// Phones forget it after about 25 s; official clients say it again every 10 s.
    static let typingShown: Int64 = 10_000
    /// Chats at a time; people type in one.
    private static let maximumChats = 64

    func showTyping(_ fields: Fields) async throws {
        guard case .string(let text)? = fields["to"], let recipient = JID(parsing: text), case .string(let word)? = fields["state"],
            let state = ChatState(rawValue: word)
        else { throw SendFailure.invalid("payload: `to` and `state` are needed") }
        let chat = recipient.isGroup ? recipient : try await target(for: recipient).address
        guard let current = link?.generation, link?.isActive == true else { throw LinkError.closed }
        if state == .paused { return stopTyping(in: chat) }
        let now = steadyNow
        guard link?.typing.chats[chat] != nil || link?.typing.chats.count ?? 0 < Self.maximumChats else {
            throw SendFailure.refused(.tooFast)
        }
        becomeAvailable()
        let before = link?.typing.chats[chat]
        link?.typing.chats[chat] = Typing.Chat(state: state, until: now + Self.typingShown)
        // Said already, and still shown.
        if before?.state != state { send(state.node(to: chat)) }
        after(Self.typingShown) { await $0.endTyping(in: chat, generation: current) }
    }

    private func endTyping(in chat: JID, generation: Int) {
        // Another call has prolonged it.
        guard link?.generation == generation, let known = link?.typing.chats[chat], known.until <= steadyNow else { return }
        stopTyping(in: chat)
    }

    private func stopTyping(in chat: JID) {
        link?.typing.chats[chat] = nil
        send(ChatState.paused.node(to: chat))
        guard link?.typing.chats.isEmpty == true, link?.typing.isAvailable == true else { return }
        link?.typing.isAvailable = false
        if let name = account?.pushName { send(Presence.unavailable(pushName: name)) }
    }

    private func becomeAvailable() {
        // The service ignores a presence without a name.
        guard link?.typing.isAvailable == false, let name = account?.pushName else { return }
        link?.typing.isAvailable = true
        send(Presence.available(pushName: name))
    }
}

/// Who is shown that we type, on one connection.
struct Typing {
    struct Chat {
        let state: ChatState
        /// By the steady clock, in milliseconds.
        let until: Int64
    }

    var chats: [JID: Chat] = [:]
    /// This device counts as being looked at.
    var isAvailable = false
}
