// SwiftProtobuf speaks of bytes as Data; nothing else of Foundation is used.
import struct FoundationEssentials.Data
package import Model
import SwiftProtobuf
package import WAProto

/// The plaintexts of a message of ours to a group; both are to be padded. Source: protocol notes on messages, section 5.
package enum GroupPlaintexts {
    /// - Parameters:
    ///   - message: content and context.
    ///   - secret: 32 bytes, kept with the message: votes, reactions and edits of it are encrypted by it.
    package static func content(_ message: WAMessage, secret: [UInt8]) throws(StanzaError) -> [UInt8] {
        var content = message
        if message.hasSecret { content.messageContextInfo.messageSecret = Data(secret) }
        guard let bytes: [UInt8] = try? content.serializedBytes() else { throw .unencodable }
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
