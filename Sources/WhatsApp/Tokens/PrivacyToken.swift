import CryptoPrimitives
package import Model

/// What tells the service that the receiver of a message knows the sender; strangers without one are refused with 463.
///
/// Source: protocol notes on messages, section 6.
package enum PrivacyToken: Equatable, Sendable, Concealed {
    /// The receiver has given it to us.
    case given([UInt8])
    /// Made of the own salt, for receivers who gave none.
    case salted([UInt8])

    package var concealedByteCount: Int { bytes.count }

    /// Without a token from `lid` itself.
    package static func salted(for lid: JID, salt: [UInt8]) -> PrivacyToken {
        .salted(HMAC.sha256(Array(lid.bare.description.utf8), key: salt))
    }

    package var node: Node {
        switch self {
        case .given(let bytes): Node("tctoken", bytes: bytes)
        case .salted(let bytes): Node("cstoken", bytes: bytes)
        }
    }

    private var bytes: [UInt8] {
        switch self {
        case .given(let bytes), .salted(let bytes): bytes
        }
    }
}

/// How long tokens are good for. The service may name other values; these are its defaults.
package enum TokenAge {
    private static let bucketSeconds: Int64 = 604_800
    private static let buckets: Int64 = 4

    /// May a token that was made then still be shown?
    package static func isGood(madeAt: Int64, now: Int64) -> Bool { now / bucketSeconds - madeAt / bucketSeconds < buckets }

    /// Is it time to give the other side a new one?
    package static func isDue(givenAt: Int64?, now: Int64) -> Bool {
        guard let givenAt else { return true }
        return now / bucketSeconds > givenAt / bucketSeconds
    }
}
