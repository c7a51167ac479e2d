import FoundationEssentials
import Model
import SwiftProtobuf
import WAProto
import WhatsApp

/// A `<message>` for a group, with the shape checked. Source: protocol notes on messages, section 5.
struct OutgoingGroupMessage: Sendable {
    enum Form: Sendable {
        /// Once for all members, and the sender key for those who need it.
        case everybody(SenderKeyEnvelope, Node)
        /// Another copy for one device, after its retry receipt.
        case single(OutgoingMessage.Copy)
    }

    let stanza: Node
    let id: String
    let to: JID
    let form: Form
    /// The sender key for single devices.
    let keys: [OutgoingMessage.Copy]
    let deviceIdentity: [UInt8]?

    init(_ stanza: Node) throws(Refusal) {
        guard let id = stanza.string("id"), !id.isEmpty, id.utf8.count <= 128, let to = stanza.jid("to") else {
            throw .message(code: 400, "no id, or a longer one than 128 bytes")
        }
        guard let type = stanza.string("type"), OutgoingMessage.types.contains(type) else {
            throw .message(code: 400, "type is missing or unknown")
        }
        self.stanza = stanza
        self.id = id
        self.to = to
        deviceIdentity = stanza.child("device-identity")?.bytes
        if let device = stanza.jid("participant") {
            form = .single(try OutgoingMessage.copy(stanza, device: device))
            keys = []
            return
        }
        let encs = stanza.children("enc")
        guard encs.count == 1, let enc = encs.first, enc.string("v") == "2", enc.string("type") == "skmsg", let bytes = enc.bytes else {
            throw .message(code: 400, "not exactly one skmsg with v=2")
        }
        guard type != "media" || enc.string("mediatype") != nil else {
            throw .message(code: 400, "type media without mediatype: the real service drops it silently")
        }
        form = .everybody(try SenderKeyEnvelope(bytes), enc)
        keys = try stanza.child("participants").map { node throws(Refusal) in
            node.children.isEmpty ? [] : try OutgoingMessage.copies(node)
        } ?? []
    }
}

/// The outside of a message that was encrypted with a sender key. Source: protocol notes on the Signal layer, section 8.
struct SenderKeyEnvelope: Equatable, Sendable {
    /// Names the key.
    let keyID: UInt32
    let iteration: UInt32
    let bytes: [UInt8]

    private static let version: UInt8 = 0x33
    private static let signatureLength = 64

    init(_ bytes: [UInt8]) throws(Refusal) {
        guard bytes.first == Self.version, bytes.count > 1 + Self.signatureLength,
            let message = try? WASignalSenderKeyMessage(serializedBytes: Array(bytes.dropFirst().dropLast(Self.signatureLength))),
            message.hasID, message.hasIteration, !message.ciphertext.isEmpty, message.ciphertext.count % 16 == 0
        else { throw .message(code: 400, "the skmsg is unreadable") }
        keyID = message.id
        iteration = message.iteration
        self.bytes = bytes
    }
}
