package import Model

/// The value of a node's attribute: plain text, or an address that goes over the wire in typed form.
///
/// The two are different on the wire and not equal here, even where the text spells the address; read with ``Node/string(_:)`` and
/// ``Node/jid(_:)``, which take both, since other clients write addresses as text.
package enum AttributeValue: Hashable, Sendable {
    case text(String)
    case jid(JID)

    /// The text, or the text form of the address.
    package var string: String {
        switch self {
        case .text(let text): text
        case .jid(let jid): jid.description
        }
    }

    /// The address, or what the text says if it is one; nil where it is not well-formed.
    package var jid: JID? {
        switch self {
        case .text(let text): JID(parsing: text)
        case .jid(let jid): jid.isWellFormed ? jid : nil
        }
    }
}

extension AttributeValue: ExpressibleByStringInterpolation {
    /// A literal is text, also where it spells an address.
    package init(stringLiteral value: String) { self = .text(value) }
}

extension AttributeValue: ExpressibleByIntegerLiteral {
    /// Numbers travel as decimal text.
    package init(integerLiteral value: Int64) { self = .text(String(value)) }
}
