/// What the simulated service insists on. The defaults are the real service's values as the protocol notes know them.
struct ServiceSettings: Sendable {
    /// Refs in one `<pair-device>`: the first is shown for 60 s, each next one for 20 s.
    var refCount = 6
    var firstRefSeconds: Int64 = 60
    var nextRefSeconds: Int64 = 20
    /// How much later than its window a ref may still be scanned; phone and client do not switch at the same instant.
    var refGraceSeconds: Int64 = 10
    /// Client revisions below this are refused with failure 405. The clients this project knows of 2026 are above 1 040 000 000.
    var oldestRevision: UInt32 = 1_030_000_000
    /// A stanza that is not answered this long after it was written is named in the journal.
    var ackSeconds: Int64 = 20
    /// Stanzas of the offline queue in flight before the client has asked for a batch or acknowledged some.
    var offlineWindow = 20
    /// A handshake or pairing step that takes longer ends the connection.
    var handshakeSeconds: Int64 = 20
    /// A silent client is cut off; clients ping every 15 to 30 s.
    var silenceSeconds: Int64 = 180
    /// Stanzas kept for a device that is away; the oldest are dropped beyond it.
    var queueLimit = 10_000
    /// Below this many one-time keys a device gets `<notification type="encrypt">`.
    var lowPreKeyCount = 5
    /// Companions of one account, as on phones.
    var linkedDeviceLimit = 4
}
