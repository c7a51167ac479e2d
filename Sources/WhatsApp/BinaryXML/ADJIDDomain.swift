import Model

/// The first byte of an AD_JID, which stands for the server. Source: protocol notes on binary XML, section 5.
enum ADJIDDomain: UInt8 {
    case phoneNumber = 0
    case lid = 1
    case hosted = 128
    case hostedLID = 129

    var server: JID.Server {
        switch self {
        case .phoneNumber: .phoneNumber
        case .lid: .lid
        case .hosted: .hosted
        case .hostedLID: .hostedLID
        }
    }
}
