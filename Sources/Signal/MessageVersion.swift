/// The first byte of every framed message: version of the message in the high nibble, of the sender in the low one.
enum MessageVersion {
    /// What we write: both are 3.
    static let byte: UInt8 = 0x33

    /// Removes the version byte.
    /// - Throws: `unsupportedVersion`, `invalidMessage` where there is no byte at all.
    static func strip(_ message: [UInt8]) throws(SignalError) -> ArraySlice<UInt8> {
        guard let first = message.first else { throw .invalidMessage }
        guard first >> 4 == byte >> 4 else { throw .unsupportedVersion(first >> 4) }
        return message.dropFirst()
    }
}
