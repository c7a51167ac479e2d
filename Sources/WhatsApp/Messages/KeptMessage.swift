// SwiftProtobuf speaks of bytes as Data; nothing else of Foundation is used.
import struct FoundationEssentials.Data
package import Model
import SwiftProtobuf
package import WAProto

/// A message of ours as it was kept for devices that could not read it.
package struct KeptMessage: Sendable {
    private let plaintext: [UInt8]
    private let message: WAMessage

    /// - Parameter plaintext: what ``MessagePlaintexts/forRecipient`` was.
    package init(_ plaintext: [UInt8]) throws(StanzaError) {
        guard let message = try? WAMessage(serializedBytes: plaintext) else { throw .malformedProtobuf }
        self.plaintext = plaintext
        self.message = message
    }

    /// How the message is announced to the service.
    package var kind: MessageStanzaKind { message.stanzaKind }

    /// For an answer to it.
    package var content: WAMessage { message }

    /// For a device of the recipient; to be padded.
    package var forRecipient: [UInt8] { plaintext }

    /// For another device of the own account; to be padded.
    /// - Parameter destination: the chat, as the stanza names it.
    package func forOwnDevice(destination: JID) throws(StanzaError) -> [UInt8] {
        try MessagePlaintexts(kept: plaintext, destination: destination).forOwnDevices
    }

    /// For a device of a group's member, together with the key of the messages that follow; to be padded.
    /// - Parameter distribution: from `GroupCipher.distribution`.
    package func forMember(of group: JID, distribution: [UInt8]) throws(StanzaError) -> [UInt8] {
        var content = message
        content.senderKeyDistributionMessage.groupID = group.description
        content.senderKeyDistributionMessage.axolotlSenderKeyDistributionMessage = Data(distribution)
        guard let bytes: [UInt8] = try? content.serializedBytes() else { throw .unencodable }
        return bytes
    }
}
