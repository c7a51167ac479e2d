package import Model

/// A question or order to the service (`<iq>`), answered under the same id.
///
/// Answers are read with ``answer(_:)``. The service may leave a query unanswered, so callers bound their wait. Source: protocol notes on the transport, section 6.
package struct Query: Equatable, Sendable {
    package enum Kind: String, Sendable { case get, set }

    package var namespace: String
    package var kind: Kind
    package var to: JID
    package var content: [Node]

    package init(_ namespace: String, _ kind: Kind, to: JID = .service, _ content: [Node] = []) {
        self.namespace = namespace
        self.kind = kind
        self.to = to
        self.content = content
    }

    package func node(id: String) -> Node {
        let attributes: Attributes = ["id": .text(id), "to": .jid(to), "type": .text(kind.rawValue), "xmlns": .text(namespace)]
        return content.isEmpty ? Node("iq", attributes) : Node("iq", attributes, content)
    }

    /// The answer itself, or the error that it carries.
    package static func answer(_ node: Node) throws(StanzaError) -> Node {
        switch node.string("type") {
        case "result": return node
        case "error":
            let error = node.child("error")
            throw .refused(
                code: number(error?.string("code")) ?? 0, text: error?.string("text") ?? "",
                backoff: number(error?.string("backoff")))
        default: throw .invalid("type")
        }
    }

    private static func number(_ text: String?) -> Int? { text.flatMap { Int($0) } }
}
