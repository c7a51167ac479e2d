/// The byte that says what follows. Values 1 to 235 are tokens, 240 to 244 unassigned.
/// Source: protocol notes on binary XML, section 2.
enum BinaryXMLTag {
    static let listEmpty: UInt8 = 0
    static let singleTokens: ClosedRange<UInt8> = 1...235
    /// Dictionaries 1 to 4 of the token table; one index byte follows.
    static let dictionaries: ClosedRange<UInt8> = 236...239
    static let interopJID: UInt8 = 245
    static let fbJID: UInt8 = 246
    static let adJID: UInt8 = 247
    static let list8: UInt8 = 248
    static let list16: UInt8 = 249
    static let jidPair: UInt8 = 250
    static let hex8: UInt8 = 251
    static let binary8: UInt8 = 252
    static let binary20: UInt8 = 253
    static let binary32: UInt8 = 254
    static let nibble8: UInt8 = 255
}
