package import Model

/// The service's word on a message of ours: taken, or refused for a reason.
package struct MessageAck: Equatable, Sendable {
    package let id: String
    package let timestamp: Timestamp?
    package let refusal: SendRefusal?
    /// Differs from our own hash where the service knows other devices of the recipient than we do.
    package let participantHash: String?
    /// The recipient's LID is out of date.
    package let wantsFreshLID: Bool

    /// nil for what can be no ack of a message.
    ///
    /// The id alone decides, as with whatsmeow: there are services that leave out the class, or name the one of the receipt that the
    /// other side is yet to send. What such an ack refuses would be a receipt of ours.
    package init?(_ node: Node) {
        guard node.tag == "ack", let id = node.string("id") else { return nil }
        switch node.string("class") {
        case nil, "message": break
        case "receipt" where node.string("error") == nil: break
        default: return nil
        }
        self.id = id
        timestamp = node.moment("t")
        refusal = node.string("error").flatMap { $0 == "0" ? nil : SendRefusal(code: Int($0) ?? 0) }
        participantHash = node.string("phash")
        wantsFreshLID = node.string("refresh_lid") == "true"
    }
}

/// Why the service did not take a message. Source: protocol notes on messages, section 9.
package enum SendRefusal: Equatable, Sendable {
    /// 463: this account may not write to people who do not know it, for now.
    case reachOutTimelock
    /// 475: too many new chats.
    case newChatsCapped
    /// 421: the group has changed its addressing.
    case staleAddressing
    /// 479: the stanza's shape is outdated, or the recipient must be addressed by LID.
    case stanzaInvalid
    /// 401, 403, 405.
    case notAllowed(Int)
    /// 404, 410.
    case gone(Int)
    /// 429: too fast.
    case tooFast
    /// 5xx: trouble on the other side.
    case serverTrouble(Int)
    case other(Int)

    package init(code: Int) {
        self =
            switch code {
            case 421: .staleAddressing
            case 463: .reachOutTimelock
            case 475: .newChatsCapped
            case 479: .stanzaInvalid
            case 401, 403, 405: .notAllowed(code)
            case 404, 410: .gone(code)
            case 429: .tooFast
            case 500...599: .serverTrouble(code)
            default: .other(code)
            }
    }

    /// May the same message be sent again by itself?
    package var isTransient: Bool {
        switch self {
        case .tooFast, .serverTrouble: true
        default: false
        }
    }

    /// The stable code of the API, in snake_case.
    package var code: String {
        switch self {
        case .reachOutTimelock: "reach_out_timelock"
        case .newChatsCapped: "new_chats_capped"
        case .staleAddressing: "stale_addressing"
        case .stanzaInvalid: "stanza_invalid"
        case .notAllowed: "not_allowed"
        case .gone: "recipient_gone"
        case .tooFast: "too_fast"
        case .serverTrouble: "whatsapp_unavailable"
        case .other: "whatsapp_refused"
        }
    }

    /// For people: what happened and what helps.
    package var explanation: String {
        switch self {
        case .reachOutTimelock:
            "WhatsApp does not let this number write to people who have not written to it (463). Wait for their message, or try again after a day"
        case .newChatsCapped: "WhatsApp has capped new chats of this number (475). Try again tomorrow"
        case .staleAddressing: "The group has changed how its members are addressed (421)"
        case .stanzaInvalid: "WhatsApp refused the form of this message (479)"
        case .notAllowed(let code): "WhatsApp does not allow this message (\(code))"
        case .gone(let code): "The recipient no longer exists (\(code))"
        case .tooFast: "WhatsApp asks to send more slowly (429)"
        case .serverTrouble(let code): "WhatsApp has trouble of its own (\(code))"
        case .other(let code): "WhatsApp refused the message (\(code))"
        }
    }
}
