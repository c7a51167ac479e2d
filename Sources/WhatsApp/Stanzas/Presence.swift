package import Model

/// What others and the own phone see of this device. Source: protocol notes on state, section 6.
package enum Presence {
    /// Somebody looks at this device: the phone leaves notifying its owner to it. Needs the push name, or the service ignores it.
    package static func available(pushName: String) -> Node {
        Node("presence", ["type": "available", "name": .text(pushName)])
    }

    /// Nobody looks at this device: the phone goes on notifying its owner.
    package static func unavailable(pushName: String) -> Node {
        Node("presence", ["type": "unavailable", "name": .text(pushName)])
    }
}

/// What somebody does in a chat. Phones forget it after about 25 seconds.
package enum ChatState: String, Sendable, CaseIterable {
    case composing
    /// A voice note.
    case recording
    case paused

    package func node(to chat: JID) -> Node {
        let state =
            switch self {
            case .composing: Node("composing")
            case .recording: Node("composing", ["media": "audio"])
            case .paused: Node("paused")
            }
        return Node("chatstate", ["to": .jid(chat.bare)], [state])
    }
}
