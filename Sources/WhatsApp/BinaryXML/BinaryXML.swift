/// Nodes to bytes and back: the plaintext of a frame after the handshake.
/// Source: protocol notes on binary XML.
package enum BinaryXML {
    /// Bit of the flag byte in front of the node: the rest is compressed. Clients never set it.
    private static let compressedFlag: UInt8 = 2

    /// The flag byte 00 and the node.
    ///
    /// Lists have at most 65,535 entries; a longer one is a mistake of the caller. ``Connection/send(_:now:)`` refuses such a node instead.
    package static func encode(_ node: Node) -> [UInt8] {
        let bytes = encodeIfPossible(node)
        precondition(bytes != nil, "a list of a node has more than 65,535 entries")
        return bytes ?? []
    }

    /// As ``encode(_:)``, or nil where a list of the node is longer than its count can tell.
    static func encodeIfPossible(_ node: Node) -> [UInt8]? {
        var writer = BinaryXMLWriter(prefix: [0])
        writer.node(node)
        return writer.overflowed ? nil : writer.bytes
    }

    /// - Parameter payload: flag byte and exactly one node, compressed or not.
    package static func decode(_ payload: [UInt8]) throws(BinaryXMLError) -> Node {
        guard let flags = payload.first else { throw .empty }
        var reader: BinaryXMLReader
        if flags & compressedFlag == 0 {
            reader = BinaryXMLReader(payload.dropFirst())
        } else {
            reader = BinaryXMLReader(try Inflater.inflate(payload.dropFirst(), limit: BinaryXMLLimits.inflated)[...])
        }
        return try reader.root()
    }
}
