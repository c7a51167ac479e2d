import Model

/// One connection that waits to be paired: its refs, and the phone that scanned one of them.
struct PairingAttempt: Sendable {
    struct Ref: Sendable, Equatable {
        let text: String
        let validUntil: Timestamp
    }

    /// A scan that was passed on to the client and waits for its signature.
    struct Scan: Sendable {
        let device: DeviceAddress
        let keyIndex: UInt32
        /// Serialized `ADVDeviceIdentity`, signed by the phone.
        let details: [UInt8]
        let accountSignature: [UInt8]
        /// Of the `<pair-success>` query.
        let queryID: String
        let startedAt: Timestamp
    }

    let registration: Registration
    let refs: [Ref]
    /// Of the `<pair-device>` query.
    let offerID: String
    var isOfferAnswered = false
    var scan: Scan?
    /// Secrets of codes that the service had refreshed: a phone must not link with them any more.
    var staleSecrets: Set<[UInt8]> = []
    /// The refresh that the client has to acknowledge.
    var refreshID: String?

    /// A code is to be typed instead of scanned.
    var linkCode: LinkCodeAttempt?

    /// When the last ref has run out, or the code where there is one.
    var expires: Timestamp {
        let refsEnd = refs.last?.validUntil ?? Timestamp(milliseconds: 0)
        return max(refsEnd, linkCode?.validUntil ?? refsEnd)
    }
}

/// How a scan ended, for the phone's owner.
enum PairingOutcome: Equatable, Sendable {
    case paired(DeviceAddress)
    case failed(String)
}
