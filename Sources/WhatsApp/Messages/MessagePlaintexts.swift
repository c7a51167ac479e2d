// SwiftProtobuf speaks of bytes as Data; nothing else of Foundation is used.
import struct FoundationEssentials.Data
package import Model
import SwiftProtobuf
import WAProto

/// The plaintexts of a text message of ours: one for the recipient's devices, one for the own other devices.
///
/// Both are to be padded (``MessagePadding``) afresh for every device. Source: protocol notes on messages, section 3.
package struct MessagePlaintexts: Equatable, Sendable {
    package let forRecipient: [UInt8]
    package let forOwnDevices: [UInt8]
    /// 32 bytes, kept with the message: votes, reactions and edits of it are encrypted by it.
    package let secret: [UInt8]

    /// - Parameter destination: the address that the stanza goes to, bare.
    package static func text(_ text: String, destination: JID, secret: [UInt8]) throws(StanzaError) -> MessagePlaintexts {
        var message = WAMessage()
        message.conversation = text
        return try MessagePlaintexts(message, destination: destination, secret: secret)
    }

    /// Again for a message whose recipient's plaintext was kept.
    package init(kept plaintext: [UInt8], destination: JID) throws(StanzaError) {
        guard let message = try? WAMessage(serializedBytes: plaintext) else { throw .malformedProtobuf }
        try self.init(message, destination: destination, secret: Array(message.messageContextInfo.messageSecret))
    }

    /// For content that was encoded before, such as that of a file.
    package init(content: [UInt8], destination: JID, secret: [UInt8]) throws(StanzaError) {
        guard let message = try? WAMessage(serializedBytes: content) else { throw .malformedProtobuf }
        try self.init(message, destination: destination, secret: secret)
    }

    private init(_ message: WAMessage, destination: JID, secret: [UInt8]) throws(StanzaError) {
        var content = message
        content.messageContextInfo.messageSecret = Data(secret)
        var copy = WAMessage()
        copy.deviceSentMessage.destinationJid = destination.bare.description
        copy.deviceSentMessage.message = content
        copy.messageContextInfo = content.messageContextInfo
        guard let plain: [UInt8] = try? content.serializedBytes(), let own: [UInt8] = try? copy.serializedBytes() else {
            throw .unencodable
        }
        forRecipient = plain
        forOwnDevices = own
        self.secret = secret
    }
}
