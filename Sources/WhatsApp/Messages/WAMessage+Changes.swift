import Model
package import WAProto

extension WAMessage {
    /// What an unwrapped message does to an earlier one; nil for a message of its own.
    package var change: IncomingChange? {
        if hasReactionMessage {
            return MessageReference(reactionMessage.key).map { .reaction(Self.emoji(reactionMessage.text), to: $0) }
        }
        if hasProtocolMessage { return change(by: protocolMessage) }
        return sealedChange.map(IncomingChange.sealed)
    }

    private func change(by order: WAProtocolMessage) -> IncomingChange? {
        switch order.type {
        case .revoke where order.hasType: return MessageReference(order.key).map(IncomingChange.deletion)
        case .messageEdit: return MessageReference(order.key).flatMap { Self.edit(order.editedMessage, of: $0) }
        case .ephemeralSetting:
            return .expiration(order.ephemeralExpiration, setAt: Timestamp(wireSeconds: order.ephemeralSettingTimestamp))
        default: return nil
        }
    }

    /// The new content of an edited message.
    package static func edit(_ message: WAMessage, of target: MessageReference) -> IncomingChange? {
        guard let (type, text) = message.unwrapped.shown else { return nil }
        return .edit(type, text.map(MessageContent.clipped), of: target)
    }

    /// Emoji have a handful of scalars; more would not fit where they are shown.
    package static func emoji(_ text: String) -> String { String(String.UnicodeScalarView(text.unicodeScalars.prefix(32))) }

    private var sealedChange: SealedChange? {
        if hasPollUpdateMessage {
            let vote = pollUpdateMessage
            return MessageReference(vote.pollCreationMessageKey).map {
                SealedChange(.pollVote, $0, payload: vote.vote.encPayload, iv: vote.vote.encIv)
            }
        }
        if hasEncReactionMessage {
            return MessageReference(encReactionMessage.targetMessageKey).map {
                SealedChange(.reaction, $0, payload: encReactionMessage.encPayload, iv: encReactionMessage.encIv)
            }
        }
        if hasEncCommentMessage {
            return MessageReference(encCommentMessage.targetMessageKey).map {
                SealedChange(.comment, $0, payload: encCommentMessage.encPayload, iv: encCommentMessage.encIv)
            }
        }
        if hasEncEventResponseMessage {
            return MessageReference(encEventResponseMessage.eventCreationMessageKey).map {
                SealedChange(.eventResponse, $0, payload: encEventResponseMessage.encPayload, iv: encEventResponseMessage.encIv)
            }
        }
        guard hasSecretEncryptedMessage, let target = MessageReference(secretEncryptedMessage.targetMessageKey) else { return nil }
        let use: MessageSecret.Use
        switch secretEncryptedMessage.secretEncType {
        case .messageEdit: use = .messageEdit
        case .eventEdit: use = .eventEdit
        default: return nil
        }
        return SealedChange(use, target, payload: secretEncryptedMessage.encPayload, iv: secretEncryptedMessage.encIv)
    }
}
