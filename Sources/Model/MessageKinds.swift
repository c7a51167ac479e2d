/// The API's `direction` and the column `wa_messages.direction`.
package enum MessageDirection: String, Sendable, CaseIterable {
    case inbound, outbound
}

/// The API's `status` of a message and the column `wa_messages.status`.
///
/// An outbound message only ever moves forward in the order of ``rank``; ``failed`` ends a message that was not accepted.
package enum MessageStatus: String, Sendable, CaseIterable {
    case pending, sent, delivered, read, failed, received

    /// Position in the life of an outbound message; a later receipt never moves a message back.
    package var rank: Int {
        switch self {
        case .pending: 0
        case .failed: 1
        case .sent: 2
        case .delivered: 3
        case .read: 4
        case .received: 5
        }
    }
}

/// The API's `message_type` and the column `wa_messages.message_type`.
package enum MessageType: String, Sendable, CaseIterable {
    case text, image, document, video, audio, location, contact
    case reaction
    /// Only inbound; ``other`` is also a message of ours that takes another one back.
    case sticker, poll, other
}

/// Who made an outbound message; the column `wa_messages.source`.
package enum MessageSource: String, Sendable, CaseIterable {
    case api, phone, sql, bulk, history
    /// Made by somebody else: every inbound message.
    case contact
}
