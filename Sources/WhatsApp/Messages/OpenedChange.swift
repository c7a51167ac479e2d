import CryptoPrimitives
package import Model
import SwiftProtobuf
import WAProto

/// What was inside of a ``SealedChange``.
package enum OpenedChange: Sendable {
    /// SHA-256 of the names of the options that were chosen.
    case vote([[UInt8]])
    case reaction(String)
    /// What is said to the message.
    case comment(MessageType, String?, MessageDetails)
    case edit(MessageType, String?)
    /// `going`, `not_going` or `maybe`.
    case response(String)

    /// Options of one vote; polls have twelve.
    private static let maximumOptions = 100

    /// nil where the plaintext is not what its use says.
    package init?(_ plaintext: [UInt8], of change: SealedChange) {
        switch change.use {
        case .pollVote:
            guard let vote = try? WAPollVoteMessage(serializedBytes: plaintext) else { return nil }
            self = .vote(vote.selectedOptions.prefix(Self.maximumOptions).map { Array($0) })
        case .reaction:
            guard let reaction = try? WAReactionMessage(serializedBytes: plaintext) else { return nil }
            self = .reaction(WAMessage.emoji(reaction.text))
        case .comment:
            guard let message = try? WAMessage(serializedBytes: plaintext), let (type, text) = message.unwrapped.shown else { return nil }
            self = .comment(type, text.map(MessageContent.clipped), message.unwrapped.details(in: message))
        case .messageEdit, .eventEdit:
            guard let message = try? WAMessage(serializedBytes: plaintext), let edit = Self.edit(message, change.target) else { return nil }
            self = edit
        case .eventResponse:
            guard let answer = try? WAEventResponseMessage(serializedBytes: plaintext) else { return nil }
            self = .response(["unknown", "going", "not_going", "maybe"][min(max(Int(answer.response), 0), 3)])
        }
    }

    /// The new content, alone or as an order to edit.
    private static func edit(_ message: WAMessage, _ target: MessageReference) -> OpenedChange? {
        let inner = message.unwrapped
        let content = inner.hasProtocolMessage ? inner.protocolMessage.editedMessage : inner
        guard case .edit(let type, let text, _)? = WAMessage.edit(content, of: target) else { return nil }
        return .edit(type, text)
    }

    /// The names of options by the hashes that votes name them with; what the poll does not have is left out.
    package static func names(of hashes: [[UInt8]], among options: [String]) -> [String] {
        options.filter { hashes.contains(SHA256.hash(Array($0.utf8))) }
    }
}
