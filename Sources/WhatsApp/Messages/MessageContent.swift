package import Model
import SwiftProtobuf
package import WAProto

/// What a decrypted message means to this program.
///
/// Wrappers (disappearing, view once, captioned documents, …) are taken off first. What this client does not know is ``other``: it is
/// kept as a row, so that nothing vanishes. Source: protocol notes on messages, section 7.
package struct MessageContent: Sendable {
    package enum Kind: Sendable {
        /// To be shown.
        case shown(MessageType, String?)
        /// Something about an earlier message, or about the chat.
        case change(IncomingChange)
        /// Only hands out a key for a group; nothing to show, but acknowledged like a message.
        case groupKeyOnly
        /// Orders between devices of the own account, already checked against the sender; see ``PeerOrder``.
        case peer(PeerOrder)
        /// Housekeeping that is for nobody's eyes, or an order from somebody who has no right to give it.
        case ignored(String)
    }

    /// A sender's key for a group, on whose stanza it came.
    package struct GroupKey: Equatable, Sendable {
        package let group: JID
        /// For `GroupCipher.process`.
        package let distribution: [UInt8]
    }

    package let kind: Kind
    /// What is known beyond kind and text.
    package let details: MessageDetails
    /// To be taken in before anything else of the stanza, and only where ``GroupKey/group`` is the stanza's chat.
    package let groupKey: GroupKey?
    /// The conversation that an own device wrote into, by DeviceSent.
    package let destination: JID?
    /// 32 bytes with which votes, reactions and edits of this message are encrypted.
    package let secret: [UInt8]?
    /// Seconds after which the chat's messages disappear; 0 or nil: they stay.
    package let expirationSeconds: UInt32?
    /// When that was set, where the message tells.
    package let expirationSetAt: Timestamp?
    /// The file that belongs to what is shown.
    package let media: IncomingMedia?

    /// - Parameters:
    ///   - plaintext: the protobuf without padding.
    ///   - isFromMe: written by another device of the own account.
    ///   - isFromOwnPhone: written by the account's phone (device 0).
    package init(_ plaintext: [UInt8], isFromMe: Bool, isFromOwnPhone: Bool) throws(StanzaError) {
        guard let message = try? WAMessage(serializedBytes: plaintext) else { throw .malformedProtobuf }
        self.init(message, isFromMe: isFromMe, isFromOwnPhone: isFromOwnPhone)
    }

    package init(_ message: WAMessage, isFromMe: Bool, isFromOwnPhone: Bool) {
        var inner = message
        // Anybody can put this wrapper around a message; only the own devices may speak for us.
        if message.hasDeviceSentMessage, isFromMe {
            destination = JID(parsing: message.deviceSentMessage.destinationJid)?.bare
            inner = message.deviceSentMessage.message
        } else {
            destination = nil
        }
        let context = inner.hasMessageContextInfo ? inner.messageContextInfo : message.messageContextInfo
        secret = context.messageSecret.count == 32 ? Array(context.messageSecret) : nil
        let unwrapped = inner.unwrapped
        expirationSeconds = unwrapped.contextInfo.flatMap { $0.expiration == 0 ? nil : $0.expiration }
        kind = Self.kind(of: unwrapped, isFromOwnPhone: isFromOwnPhone)
        details = unwrapped.details(in: inner)
        expirationSetAt = unwrapped.contextInfo.flatMap { Timestamp(wireSeconds: $0.ephemeralSettingTimestamp) }
        media = IncomingMedia(unwrapped)
        let key = inner.senderKeyDistributionMessage
        groupKey =
            inner.hasSenderKeyDistributionMessage
            ? JID(parsing: key.groupID).map {
                GroupKey(group: $0, distribution: Array(key.axolotlSenderKeyDistributionMessage))
            } : nil
    }

    private static func kind(of message: WAMessage, isFromOwnPhone: Bool) -> Kind {
        if let change = message.change { return .change(change) }
        if message.hasProtocolMessage { return kind(of: message.protocolMessage, isFromOwnPhone: isFromOwnPhone) }
        if let (type, text) = message.shown { return .shown(type, text.map(clipped)) }
        if message.hasSenderKeyDistributionMessage || message.hasFastRatchetKeySenderKeyDistributionMessage { return .groupKeyOnly }
        // The pictures of an album come one by one, and calls are told as calls.
        if message.hasAlbumMessage { return .ignored("album") }
        if message.hasCallLogMessage { return .ignored("call log") }
        if message.hasKeepInChatMessage { return .ignored("kept in the chat") }
        if message.hasDeviceSentMessage { return .ignored("device-sent by a stranger") }
        return .shown(.other, nil)
    }

    /// Phones write no more; the rest of a text without end would not fit into the packets of the database.
    static func clipped(_ text: String) -> String {
        guard text.utf8.count > Limits.textCharacters else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(Limits.textCharacters)))
    }

    private static func kind(of order: WAProtocolMessage, isFromOwnPhone: Bool) -> Kind {
        switch order.type {
        // With an id that can be no message's.
        case .messageEdit: return .ignored("edit of nothing")
        case .revoke where order.hasType: return .ignored("revoke of nothing")
        case .ephemeralSyncResponse: return .ignored("disappearing messages")
        case .historySyncNotification, .appStateSyncKeyShare, .appStateSyncKeyRequest, .lidMigrationMappingSync,
            .initialSecurityNotificationSettingSync, .peerDataOperationRequestMessage, .peerDataOperationRequestResponseMessage,
            .appStateFatalExceptionNotification:
            // History, keys and mappings from anybody but the own phone would be an attack.
            return isFromOwnPhone ? .peer(PeerOrder(order)) : .ignored("peer order by a stranger")
        default: return .ignored("protocol message \(order.type.rawValue)")
        }
    }
}
