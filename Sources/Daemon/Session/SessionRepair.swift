import Model
import Signal
import Store

/// What has to happen to the session with a device before it is sent a message again.
///
/// Source: protocol notes on messages, section 9; whatsmeow `retry.go` for the hour between two fetches.
struct SessionRepair: Equatable {
    enum Start: Equatable {
        /// The session that stands is used.
        case none
        /// A new one is started with the keys that the device sent along; the old one is archived.
        case withSentKeys
        /// A new one is started with keys that the service is asked for.
        case withFetchedKeys
    }

    /// The sessions with the device are of no use any more.
    let forgets: Bool
    let start: Start

    /// How the session stood when the device asked.
    struct Situation {
        var hasSession: Bool
        var registrationID: UInt32?
        var baseKey: PublicKey?
        var served: ServedRetry?
        var lastRecreated: Timestamp?
    }

    /// A device that cannot read us for another reason than its session must not cost a one-time key at every request.
    static let pauseBetweenFetches: Int64 = 3_600_000
    /// With which request the session is noted, so that a later one can tell that it is still the same.
    static let notedCount = 2

    init(count: Int, registrationID: UInt32?, hasKeys: Bool, situation: Situation, now: Timestamp) {
        let isAnotherInstallation =
            if let registrationID, let known = situation.registrationID { registrationID != known } else { false }
        if hasKeys {
            (forgets, start) = (isAnotherInstallation, .withSentKeys)
            return
        }
        let isBroken = count > Self.notedCount && situation.baseKey != nil && situation.baseKey?.bytes == situation.served?.baseKey
        forgets = isAnotherInstallation || isBroken
        let mayFetch = situation.lastRecreated.map { $0.adding(milliseconds: Self.pauseBetweenFetches) <= now } ?? true
        start = !situation.hasSession || forgets || (count >= Self.notedCount && mayFetch) ? .withFetchedKeys : .none
    }
}
