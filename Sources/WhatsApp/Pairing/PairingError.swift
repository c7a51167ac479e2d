/// Why a linking, or the signed identity of somebody's linked device, was not accepted.
package enum PairingError: Error, Equatable, Sendable {
    /// The phone has scanned a code that is not ours, or an old one.
    case hmacMismatch
    /// The account has not signed this device's identity.
    case accountSignatureMismatch
    /// The device has not signed back.
    case deviceSignatureMismatch
    /// Something is missing or has a wrong shape.
    case malformed(String)

    /// Code and text of the answer to the service. Source: protocol notes on pairing, section 4.
    package var answer: (code: Int, text: String) {
        switch self {
        case .hmacMismatch: (401, "hmac-mismatch")
        case .accountSignatureMismatch, .deviceSignatureMismatch: (401, "signature-mismatch")
        case .malformed: (500, "internal-error")
        }
    }
}
