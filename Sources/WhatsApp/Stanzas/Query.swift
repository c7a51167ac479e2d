package import Model

/// A question or order to the service (`<iq>`), answered under the same id.
///
/// Answers are read with ``answer(_:)``. The service may leave a query unanswered: callers wait no longer than
/// ``SessionTimes/queryMilliseconds``. Source: protocol notes on the transport, section 6.
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

/// Ids for our queries: two random numbers, so that connections do not share ids, and a counter.
package struct QueryIDs: Sendable {
    private let prefix: String
    private var counter: UInt64 = 0

    package init(using generator: inout some RandomNumberGenerator) {
        prefix = "\(UInt8.random(in: 0...255, using: &generator)).\(UInt8.random(in: 0...255, using: &generator))-"
    }

    package mutating func next() -> String {
        counter &+= 1
        return prefix + String(counter)
    }
}
