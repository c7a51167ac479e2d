/// Why received bytes are no node. Numbers only, so that logs carry no content.
package enum BinaryXMLError: Error, Equatable, Sendable {
    /// The payload has not even the flag byte.
    case empty
    /// `needed` bytes are announced at `position`, `available` are left.
    case truncated(position: Int, needed: Int, available: Int)
    /// Bytes behind the root node.
    case leftover(bytes: Int)
    /// A tag byte that has no meaning where it stands.
    case unexpectedTag(UInt8, position: Int)
    /// A dictionary index without token.
    case unknownToken(dictionary: Int, index: Int)
    /// A node of size 0 or without a name.
    case invalidNode(position: Int)
    /// A nibble of 12 to 14, or padding in the middle of a packed string.
    case invalidPackedText(position: Int)
    case invalidUTF8(position: Int)
    /// An address without the parts that its form needs, or of the wrong server.
    case invalidJID(position: Int)
    /// The first byte of an AD_JID names no known domain.
    case unknownDomain(UInt8)
    case tooDeep(limit: Int)
    case tooManyNodes(limit: Int)
    case tooManyAttributes(count: Int, limit: Int)
    /// The compressed payload is damaged or has bytes behind its end; the number is zlib's.
    case inflate(Int32)
    case inflatedTooLong(limit: Int)
}
