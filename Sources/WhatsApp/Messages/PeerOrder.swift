import WAProto

/// What the own phone tells its linked devices.
package enum PeerOrder: Equatable, Sendable {
    /// A part of the history, or names that belong together; taken in beside the messages.
    case history(HistoryNotice)
    /// Keys of the settings that devices share.
    case appStateKeys([AppStateKey])
    /// Messages that it was asked for.
    case messages([ResentMessage])
    case other(Int)

    init(_ order: WAProtocolMessage) {
        switch order.type {
        case .historySyncNotification, .lidMigrationMappingSync:
            self = HistoryNotice(order).map { .history($0) } ?? .other(order.type.rawValue)
        case .appStateSyncKeyShare:
            self = .appStateKeys(order.appStateSyncKeyShare.keys.prefix(AppStateKey.maximumCount).compactMap { AppStateKey($0) })
        case .peerDataOperationRequestResponseMessage
        where order.peerDataOperationRequestResponseMessage.peerDataOperationRequestType == .placeholderMessageResend:
            let results = order.peerDataOperationRequestResponseMessage.peerDataOperationResult.prefix(ResentMessage.maximumCount)
            self = .messages(results.compactMap { ResentMessage(Array($0.placeholderMessageResendResponse.webMessageInfoBytes)) })
        default: self = .other(order.type.rawValue)
        }
    }
}
