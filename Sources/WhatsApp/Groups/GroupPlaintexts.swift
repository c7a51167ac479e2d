// SwiftProtobuf speaks of bytes as Data; nothing else of Foundation is used.
import struct FoundationEssentials.Data
package import Model
import SwiftProtobuf
import WAProto

/// The plaintexts of a message of ours to a group; both are to be padded. Source: protocol notes on messages, section 5.
package enum GroupPlaintexts {
    /// - Parameters:
    ///   - secret: 32 bytes, kept with the message: votes, reactions and edits of it are encrypted by it.
    ///   - expirationSeconds: the group's setting for disappearing messages, 0 for none.
    package static func text(_ text: String, secret: [UInt8], expirationSeconds: UInt32) throws(StanzaError) -> [UInt8] {
        var message = WAMessage()
        if expirationSeconds == 0 {
            message.conversation = text
        } else {
            // A plain text cannot carry the setting, and would stay for ever.
            message.extendedTextMessage.text = text
            message.extendedTextMessage.contextInfo.expiration = expirationSeconds
        }
        message.messageContextInfo.messageSecret = Data(secret)
        guard let bytes: [UInt8] = try? message.serializedBytes() else { throw .unencodable }
        return bytes
    }

    /// Content that was encoded before, such as that of a file.
    package static func kept(_ content: [UInt8], secret: [UInt8], expirationSeconds: UInt32) throws(StanzaError) -> [UInt8] {
        guard var message = try? WAMessage(serializedBytes: content) else { throw .malformedProtobuf }
        if expirationSeconds > 0 { message.expire(after: expirationSeconds) }
        message.messageContextInfo.messageSecret = Data(secret)
        guard let bytes: [UInt8] = try? message.serializedBytes() else { throw .unencodable }
        return bytes
    }

    /// What hands our sender key to one device.
    /// - Parameter distribution: of `GroupCipher`.
    package static func key(_ distribution: [UInt8], of group: JID) throws(StanzaError) -> [UInt8] {
        var content = WAMessage()
        content.senderKeyDistributionMessage.groupID = group.description
        content.senderKeyDistributionMessage.axolotlSenderKeyDistributionMessage = Data(distribution)
        guard let bytes: [UInt8] = try? content.serializedBytes() else { throw .unencodable }
        return bytes
    }
}
