import Model

/// A query of the service to us. It wants a result, or it ends the connection.
package enum ServerQuery: Equatable, Sendable {
    /// References for the QR code of an unlinked client.
    case pairDevice
    /// The phone has scanned the code.
    case pairSuccess
    /// Are we alive?
    case ping
    /// Something that this client does not know; stays unanswered.
    case unknown

    package init(_ node: Node) {
        if node.child("pair-device") != nil {
            self = .pairDevice
        } else if node.child("pair-success") != nil {
            self = .pairSuccess
        } else if node.string("xmlns") == "urn:xmpp:ping" || node.child("ping") != nil {
            self = .ping
        } else {
            self = .unknown
        }
    }

    /// The empty answer: received, understood.
    package static func result(for node: Node, _ content: [Node] = []) -> Node {
        let attributes: Attributes = [
            "to": node.attributes["from"] ?? .jid(.service), "type": "result", "id": .text(node.string("id") ?? ""),
        ]
        return content.isEmpty ? Node("iq", attributes) : Node("iq", attributes, content)
    }

    /// The refusing answer.
    package static func error(for node: Node, code: Int, text: String) -> Node {
        Node(
            "iq",
            ["to": node.attributes["from"] ?? .jid(.service), "type": "error", "id": .text(node.string("id") ?? "")],
            [Node("error", ["code": .text(String(code)), "text": .text(text)])])
    }
}
