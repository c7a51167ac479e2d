package import Model

/// One element of the binary XML that both sides speak after the handshake: a tag, attributes, and children or a value.
///
/// Values that servers send as bytes may come as text, and the other way round (a short number travels packed);
/// ``bytes`` and ``text`` take both. Source: protocol notes on binary XML, section 3.
package struct Node: Equatable, Sendable {
    /// What stands between the tags.
    package enum Content: Equatable, Sendable {
        /// May be empty: an element with an empty list of children differs from one without content.
        case nodes([Node])
        case bytes([UInt8])
        case text(String)
        case jid(JID)
    }

    /// The element's name, never empty in what is received.
    package var tag: String
    /// Names and values; see ``string(_:)``, ``jid(_:)`` and ``uint(_:)``.
    package var attributes: Attributes
    /// nil where the element has nothing between its tags.
    package var content: Content?

    /// With content of any kind, or none.
    package init(_ tag: String, _ attributes: Attributes = [:], content: Content? = nil) {
        self.tag = tag
        self.attributes = attributes
        self.content = content
    }

    /// With child elements, possibly zero.
    package init(_ tag: String, _ attributes: Attributes = [:], _ children: [Node]) {
        self.init(tag, attributes, content: .nodes(children))
    }

    /// With a binary value.
    package init(_ tag: String, _ attributes: Attributes = [:], bytes: [UInt8]) {
        self.init(tag, attributes, content: .bytes(bytes))
    }

    /// Text goes out as bytes, the way servers and clients write element values; token and packed forms are for attributes.
    package init(_ tag: String, _ attributes: Attributes = [:], text: String) {
        self.init(tag, attributes, content: .bytes(Array(text.utf8)))
    }
}

extension Node {
    /// Empty where the content is a value or missing.
    package var children: [Node] {
        if case .nodes(let nodes) = content { nodes } else { [] }
    }

    /// The first child with this tag.
    package func child(_ tag: String) -> Node? { children.first { $0.tag == tag } }

    /// All children with this tag, in order.
    package func children(_ tag: String) -> [Node] { children.filter { $0.tag == tag } }

    /// An attribute as text, addresses in text form; nil where it is missing.
    package func string(_ attribute: String) -> String? { attributes[attribute]?.string }

    /// An attribute as an address, whether it came typed or as text; nil where it is missing or no address.
    package func jid(_ attribute: String) -> JID? { attributes[attribute]?.jid }

    /// An attribute as a decimal number; nil where it is missing, no number, negative or above 64 bits.
    package func uint(_ attribute: String) -> UInt64? {
        string(attribute).flatMap { text in
            // The initialiser would also take a leading plus sign.
            text.utf8.first.map { (0x30...0x39).contains($0) } == true ? UInt64(text) : nil
        }
    }

    /// An attribute of unix seconds; nil where it is missing, no number, or beyond the years that a calendar and a database know.
    package func moment(_ attribute: String) -> Timestamp? {
        uint(attribute).flatMap { $0 < Self.endOfTime ? Timestamp(seconds: Int64($0)) : nil }
    }

    /// Unix seconds of the year 10000.
    private static let endOfTime: UInt64 = 253_402_300_800

    /// The value as bytes; nil where there are children or nothing.
    package var bytes: [UInt8]? {
        switch content {
        case .bytes(let bytes): bytes
        case .text(let text): Array(text.utf8)
        case .jid(let jid): Array(jid.description.utf8)
        case .nodes, nil: nil
        }
    }

    /// The value as text; nil where there are children or nothing, or bytes that are no UTF-8.
    package var text: String? {
        switch content {
        case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
        case .text(let text): text
        case .jid(let jid): jid.description
        case .nodes, nil: nil
        }
    }
}
