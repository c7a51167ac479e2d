import Model
import WhatsApp

/// `w:g2`: what clients ask of groups and do to them. Source: protocol notes on state, section 5.
extension Service {
    mutating func groupQuery(_ stanza: Node, type: String, from address: DeviceAddress) throws(QueryError) -> [Node] {
        guard let to = stanza.jid("to"), let child = stanza.children.first else { throw .badRequest }
        do throws(GroupError) {
            if !to.isGroup || to.user.isEmpty { return try groupsQuery(child, type: type, from: address) }
            switch (type, child.tag) {
            case ("get", "query"): return [node(of: try joined(to.user, by: address.number))]
            case ("set", "subject"):
                try setSubject(child.text ?? "", of: to.user, by: address.number)
                return []
            case ("set", "announcement"), ("set", "not_announcement"):
                try setAnnouncement(child.tag == "announcement", of: to.user, by: address.number)
                return []
            case ("set", "add"), ("set", "remove"), ("set", "promote"), ("set", "demote"):
                return [try changeMembers(child, of: to.user, from: address)]
            default: break
            }
        } catch {
            note(.query("\(child.tag) of \(to): \(error.reason)"), address)
            throw error.query
        }
        throw .notImplemented
    }

    /// What is asked of the service as a whole, `g.us`.
    private mutating func groupsQuery(_ child: Node, type: String, from address: DeviceAddress) throws(GroupError) -> [Node] {
        switch (type, child.tag) {
        case ("get", "participating"):
            let own = groups.values.filter { $0.member(address.number) != nil }.sorted { $0.id < $1.id }
            return [Node("groups", [:], own.map(node(of:)))]
        case ("set", "create"):
            var numbers: [String] = []
            for participant in child.children("participant") {
                guard let jid = participant.jid("jid"), let account = account(of: jid) else {
                    throw .noSuchPerson(participant.string("jid") ?? "")
                }
                if account.number != address.number { numbers.append(account.number) }
            }
            return [node(of: try createGroup(child.string("subject") ?? "", by: address.number, members: numbers))]
        case ("set", "leave"):
            var left: [Node] = []
            for node in child.children("group") {
                guard let jid = node.jid("id"), jid.isGroup else { throw .unknownGroup }
                try leaveGroup(jid.user, by: address.number)
                left.append(Node("group", ["id": .jid(jid)]))
            }
            return [Node("leave", [:], left)]
        default: throw .unknownGroup
        }
    }

    private mutating func changeMembers(_ change: Node, of id: String, from address: DeviceAddress) throws(GroupError) -> Node {
        var numbers: [String] = []
        for participant in change.children("participant") {
            guard let jid = participant.jid("jid"), let account = account(of: jid) else { throw .noSuchPerson(participant.string("jid") ?? "") }
            numbers.append(account.number)
        }
        let results =
            switch change.tag {
            case "add": try addMembers(numbers, to: id, by: address.number)
            case "remove": try removeMembers(numbers, from: id, by: address.number)
            default: try setRole(change.tag == "promote" ? .admin : .member, of: numbers, in: id, by: address.number)
            }
        guard let group = groups[id] else { throw .unknownGroup }
        return Node(
            change.tag, [:],
            results.map { number, code in
                var node = participant(number, in: group)
                if code != 200 { node["error"] = .text("\(code)") }
                return node
            })
    }
}
