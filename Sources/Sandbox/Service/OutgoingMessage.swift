import Model
import WhatsApp

/// A `<message>` that a client or phone hands to the service, with the shape checked.
/// Source: protocol notes on messages, sections 3, 4 and 10.
struct OutgoingMessage: Sendable {
    struct Copy: Sendable {
        let device: JID
        let enc: Node
        /// `msg` or `pkmsg`.
        let type: String
        let bytes: [UInt8]
    }

    enum Form: Equatable, Sendable {
        /// One copy for each device of both sides.
        case fanout
        /// One copy for one device, after its retry receipt.
        case single
        /// For the own phone only.
        case peer
    }

    let stanza: Node
    let id: String
    let to: JID
    let form: Form
    let copies: [Copy]
    /// Content of `<device-identity>`.
    let deviceIdentity: [UInt8]?

    static let types: Set<String> = ["text", "media", "reaction", "poll", "event"]

    init(_ stanza: Node) throws(Refusal) {
        guard let id = stanza.string("id"), !id.isEmpty, id.utf8.count <= 128 else {
            throw .message(code: 400, "no id, or a longer one than 128 bytes")
        }
        guard let to = stanza.jid("to") else { throw .message(code: 400, "no receiver") }
        guard to.isPerson else { throw .message(code: 404, "the sandbox has no \(to.server.rawValue)") }
        guard let type = stanza.string("type"), Self.types.contains(type) else { throw .message(code: 400, "type is missing or unknown") }
        if stanza.string("addressing_mode") != nil { throw .message(code: 479, "addressing_mode outside of a group") }
        self.stanza = stanza
        self.id = id
        self.to = to
        deviceIdentity = stanza.child("device-identity")?.bytes
        if stanza.string("category") == "peer" {
            form = .peer
            guard stanza.child("tctoken") == nil else { throw .message(code: 479, "a tctoken on a peer message") }
            copies = [try Self.copy(stanza, device: to)]
        } else if let participants = stanza.child("participants") {
            form = .fanout
            copies = try Self.copies(participants)
        } else {
            form = .single
            guard stanza.string("device_fanout") == "false" else {
                throw .message(code: 400, "neither participants nor device_fanout=false")
            }
            copies = [try Self.copy(stanza, device: to)]
        }
        guard type != "media" || copies.allSatisfy({ $0.enc.string("mediatype") != nil }) else {
            throw .message(code: 400, "type media without mediatype: the real service drops it silently")
        }
    }

    static func copies(_ participants: Node) throws(Refusal) -> [Copy] {
        var copies: [Copy] = []
        for child in participants.children {
            guard child.tag == "to", let device = child.jid("jid") else { throw .message(code: 400, "a participant without jid") }
            guard !copies.contains(where: { $0.device == device }) else { throw .message(code: 400, "\(device) stands twice") }
            copies.append(try copy(child, device: device))
        }
        guard !copies.isEmpty else { throw .message(code: 400, "nobody to deliver to") }
        return copies
    }

    static func copy(_ parent: Node, device: JID) throws(Refusal) -> Copy {
        let encs = parent.children("enc")
        guard encs.count == 1, let enc = encs.first else { throw .message(code: 400, "\(encs.count) enc for \(device)") }
        guard enc.string("v") == "2" else { throw .message(code: 400, "enc without v=2") }
        guard let type = enc.string("type"), type == "msg" || type == "pkmsg" else {
            throw .message(code: 400, "enc of a type that no device reads")
        }
        guard case .bytes(let bytes) = enc.content else { throw .message(code: 400, "enc without bytes") }
        return Copy(device: device, enc: enc, type: type, bytes: bytes)
    }
}
