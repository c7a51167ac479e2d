package import Model

/// Asking the service about users: whether they exist, their LIDs, their devices (`usync`).
///
/// Sources: protocol notes on messages, section 2, and on state, section 4.
package enum UserQuery {
    /// Users in one query; larger lists are split by the caller.
    package static let maximumUsers = 100

    /// Device lists and LIDs of users, named by bare addresses of either kind. `sid` is any text that names the query.
    package static func devices(of users: [JID], sid: String) -> Query {
        query(
            sid: sid, context: "message", asking: [Node("devices", ["version": "2"]), Node("lid")],
            about: users.map { Node("user", ["jid": .jid($0.bare)]) })
    }

    /// Are these phone numbers (digits) on WhatsApp, and under which addresses?
    package static func registration(of numbers: [String], sid: String) -> Query {
        query(
            sid: sid, context: "interactive", asking: [Node("contact"), Node("lid")],
            about: numbers.map { Node("user", [:], [Node("contact", text: "+" + $0)]) })
    }

    private static func query(sid: String, context: String, asking: [Node], about users: [Node]) -> Query {
        Query(
            "usync", .get,
            [
                Node(
                    "usync",
                    ["sid": .text(sid), "mode": "query", "last": "true", "index": "0", "context": .text(context)],
                    [Node("query", [:], asking), Node("list", [:], users)])
            ])
    }

    package static func read(_ answer: Node) throws(StanzaError) -> [UserAnswer] {
        guard let list = try Query.answer(answer).child("usync")?.child("list") else { throw .missing("list") }
        return list.children("user").compactMap(UserAnswer.init)
    }
}
