/// The two bytes in front of what ADV signatures cover. Source: protocol notes on pairing, section 4.
enum SignaturePrefix {
    static let account: [UInt8] = [6, 0]
    static let device: [UInt8] = [6, 1]
    static let keyIndexList: [UInt8] = [6, 2]
    /// Also stands in front of the HMAC's input of hosted accounts.
    static let hostedAccount: [UInt8] = [6, 5]
    static let hostedDevice: [UInt8] = [6, 6]
    static let hostedKeyIndexList: [UInt8] = [6, 7]
}
