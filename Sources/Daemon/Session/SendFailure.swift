import Model
import Store
import WhatsApp

/// Why a message of ours can not go out, as its row and the API tell it.
enum SendFailure: Error, Sendable {
    case notOnWhatsApp
    case optedOut
    /// The log of this chat has no message with the id that the message names.
    case unknownMessage(String)
    /// The row holds no message that this version can send.
    case invalid(String)
    /// The file can not be sent: one word, and what to do about it.
    case media(String, String, isTransient: Bool = false)
    /// Groups and other recipients that are no person.
    case unsupportedRecipient
    /// No device of the recipient has keys that can be used.
    case noDevices
    /// The service refused a question about the recipient, or the message.
    case refused(SendRefusal)

    /// One word for programs, and words for people.
    var row: (code: String, text: String) {
        switch self {
        case .notOnWhatsApp: ("not_on_whatsapp", "The number is not on WhatsApp")
        case .optedOut: ("opted_out", "The number has opted out of messages")
        case .unknownMessage(let id): ("message_not_found", "This chat has no message with the message_id \(id)")
        case .invalid(let text): ("invalid_message", text)
        case .media(let code, let text, _): (code, text)
        case .unsupportedRecipient: ("unsupported_recipient", "This version sends to people only, not to groups or lists")
        case .noDevices: ("no_devices", "None of the recipient's devices could be encrypted for")
        case .refused(let refusal): (refusal.code, refusal.explanation)
        }
    }

    /// The same message may be sent again by itself, after a pause.
    var isTransient: Bool {
        switch self {
        case .refused(let refusal): refusal.isTransient
        case .media(_, _, let isTransient): isTransient
        default: false
        }
    }
}
