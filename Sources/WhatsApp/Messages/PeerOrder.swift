import WAProto

/// What the own phone tells its linked devices.
package enum PeerOrder: Equatable, Sendable {
    /// A part of the history, or names that belong together; taken in beside the messages.
    case history(HistoryNotice)
    /// Keys of the settings that devices share.
    case appStateKeys([AppStateKey])
    case other(Int)

    init(_ order: WAProtocolMessage) {
        switch order.type {
        case .historySyncNotification, .lidMigrationMappingSync:
            self = HistoryNotice(order).map { .history($0) } ?? .other(order.type.rawValue)
        case .appStateSyncKeyShare:
            self = .appStateKeys(order.appStateSyncKeyShare.keys.prefix(AppStateKey.maximumCount).compactMap { AppStateKey($0) })
        default: self = .other(order.type.rawValue)
        }
    }
}
