package import WAProto

extension WAMessage {
    /// How deep wrappers may be nested; phones use two or three levels.
    private static let maximumWrappers = 8

    /// The message inside of wrappers that only say how to show or keep it. Source: protocol notes on messages, section 7.
    package var unwrapped: WAMessage {
        var message = self
        for _ in 0..<Self.maximumWrappers {
            guard let inner = message.wrapped else { break }
            message = inner
        }
        return message
    }

    private var wrapped: WAMessage? {
        let wrapper: WAFutureProofMessage? =
            if hasEphemeralMessage { ephemeralMessage } else if hasViewOnceMessage { viewOnceMessage } else if hasViewOnceMessageV2 {
                viewOnceMessageV2
            } else if hasViewOnceMessageV2Extension { viewOnceMessageV2Extension } else if hasDocumentWithCaptionMessage {
                documentWithCaptionMessage
            } else if hasEditedMessage { editedMessage } else if hasGroupMentionedMessage {
                groupMentionedMessage
            } else if hasBotInvokeMessage {
                botInvokeMessage
            } else { rareWrapper }
        return wrapper.flatMap { $0.hasMessage ? $0.message : nil }
    }

    private var rareWrapper: WAFutureProofMessage? {
        if hasLottieStickerMessage { return lottieStickerMessage }
        if hasEventCoverImage { return eventCoverImage }
        if hasStatusMentionMessage { return statusMentionMessage }
        if hasPollCreationOptionImageMessage { return pollCreationOptionImageMessage }
        if hasAssociatedChildMessage { return associatedChildMessage }
        if hasGroupStatusMentionMessage { return groupStatusMentionMessage }
        if hasPollCreationMessageV4 { return pollCreationMessageV4 }
        if hasStatusAddYours { return statusAddYours }
        if hasGroupStatusMessage { return groupStatusMessage }
        if hasGroupStatusMessageV2 { return groupStatusMessageV2 }
        if hasLimitSharingMessage { return limitSharingMessage }
        if hasBotTaskMessage { return botTaskMessage }
        if hasBotForwardedMessage { return botForwardedMessage }
        if hasQuestionMessage { return questionMessage }
        if hasQuestionReplyMessage { return questionReplyMessage }
        if hasSpoilerMessage { return spoilerMessage }
        return nil
    }
}
