/// Something that the real service would refuse, or that a real phone could not read. Each is named in the journal.
enum Refusal: Error, Equatable, Sendable, CustomStringConvertible {
    case connectionHeader
    case frame(String)
    case handshake(String)
    case stanza(String)
    case registration(String)
    case login(String)
    case pairing(String)
    case preKeys(String)
    case query(String)
    /// `code` is that of the ack; 0 where the message was taken all the same.
    case message(code: Int, String)
    case receipt(String)
    case acknowledgement(String)
    case unreadable(String)
    /// By a media host.
    case media(String)

    /// First word of the journal line.
    var kind: String {
        switch self {
        case .connectionHeader: "connection-header"
        case .frame: "frame"
        case .handshake: "handshake"
        case .stanza: "stanza"
        case .registration: "registration"
        case .login: "login"
        case .pairing: "pairing"
        case .preKeys: "pre-keys"
        case .query: "query"
        case .message: "message"
        case .receipt: "receipt"
        case .acknowledgement: "acknowledgement"
        case .unreadable: "unreadable"
        case .media: "media"
        }
    }

    var reason: String {
        switch self {
        case .connectionHeader: "the stream does not begin with the connection header"
        case .frame(let text), .handshake(let text), .stanza(let text), .registration(let text), .login(let text), .pairing(let text),
            .preKeys(let text), .query(let text), .receipt(let text), .acknowledgement(let text), .unreadable(let text), .media(let text):
            text
        case .message(let code, let text): code == 0 ? text : "\(text) (error \(code))"
        }
    }

    var description: String { "\(kind): \(reason)" }
}
