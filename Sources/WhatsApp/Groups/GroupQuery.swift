package import Model

/// Asking the service about groups (`w:g2`). Source: protocol notes on state, section 5.
package enum GroupQuery {
    /// One group, with its members.
    package static func metadata(of group: JID) -> Query {
        Query("w:g2", .get, to: group, [Node("query", ["request": "interactive"])])
    }

    /// All groups that this account is in, with their members.
    package static let participating = Query(
        "w:g2", .get, to: JID(user: "", server: .group), [Node("participating", [:], [Node("participants"), Node("description")])])

    package static func readMetadata(_ answer: Node) throws(StanzaError) -> GroupMetadata {
        guard let node = try Query.answer(answer).child("group"), let group = GroupMetadata(node) else { throw .missing("group") }
        return group
    }

    /// Groups that can not be understood are left out.
    package static func readParticipating(_ answer: Node) throws(StanzaError) -> [GroupMetadata] {
        guard let list = try Query.answer(answer).child("groups") else { throw .missing("groups") }
        return list.children("group").compactMap { GroupMetadata($0) }
    }
}
