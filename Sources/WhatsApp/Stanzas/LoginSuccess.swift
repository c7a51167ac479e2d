package import Model

/// The login was accepted (`<success>`); only the first one of a connection counts.
package struct LoginSuccess: Equatable, Sendable {
    package let serverTime: Timestamp?
    package let lid: JID?

    package init(_ node: Node) {
        serverTime = node.moment("t")
        lid = node.jid("lid").flatMap { $0.server == .lid ? $0 : nil }
    }

    /// Live messages and the queue flow only after this order.
    package static let becomeActive = Query("passive", .set, [Node("active")])
}
