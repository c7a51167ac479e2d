import Model
import WhatsApp

/// Groups as they stand in stanzas. Source: protocol notes on state, section 5; whatsmeow `group.go`.
extension Service {
    /// A device in the addressing of a group.
    func jid(_ address: DeviceAddress, in group: Group) -> JID {
        jid(address, in: group.jid)
    }

    /// A device in the addressing of a group, or of status updates.
    func jid(_ address: DeviceAddress, in chat: JID) -> JID {
        usesLIDs(in: chat) ? lidJID(address) : JID(user: address.number, server: .phoneNumber, device: address.device)
    }

    func usesLIDs(in chat: JID) -> Bool { group(chat)?.usesLIDs ?? true }

    /// All devices of all members.
    func devices(of group: Group) -> Set<DeviceAddress> {
        Set(group.members.flatMap { member in accounts[member.number].map { $0.deviceNumbers.map($0.address) } ?? [] })
    }

    func node(of group: Group) -> Node {
        var attributes: Attributes = [
            "id": .text(group.id), "creation": .text("\(group.createdAt.seconds)"),
            "creator": .jid(jid(.phone(group.creator), in: group)), "size": .text("\(group.members.count)"),
            "addressing_mode": .text(group.addressing), "p_v_id": .text("\(group.version)"),
        ]
        for (name, value) in subjectAttributes(of: group).elements { attributes[name] = value }
        var children = group.members.map { participant($0, in: group) }
        if group.isAnnouncement { children.append(Node("announcement")) }
        children.append(Node("member_add_mode", text: "all_member_add"))
        return Node("group", attributes, children)
    }

    func subjectAttributes(of group: Group) -> Attributes {
        [
            "subject": .text(group.subject), "s_t": .text("\(group.subjectAt.seconds)"),
            "s_o": .jid(jid(.phone(group.subjectBy), in: group)),
        ]
    }

    private func participant(_ member: Group.Member, in group: Group) -> Node {
        var node = participant(member.number, in: group)
        if member.role != .member { node["type"] = .text(member.role.rawValue) }
        return node
    }

    func participant(_ number: String, in group: Group) -> Node {
        let (lid, pn) = (lidJID(.phone(number)), JID(user: number, server: .phoneNumber))
        return Node("participant", group.usesLIDs ? ["jid": .jid(lid), "phone_number": .jid(pn)] : ["jid": .jid(pn), "lid": .jid(lid)])
    }

    func creation(of group: Group, reason: String?) -> [Node] {
        var node = Node("create", ["type": "new"], [self.node(of: group)])
        node["reason"] = reason.map { .text($0) }
        return [node]
    }

    func change(_ tag: String, _ numbers: [String], in group: Group, previous: UInt64) -> [Node] {
        [
            Node(
                tag, ["prev_v_id": .text("\(previous)"), "v_id": .text("\(group.version)")],
                numbers.map { participant($0, in: group) })
        ]
    }

    /// `<notification type="w:gp2">` for every linked device of these people.
    mutating func announce(_ changes: [Node], in group: Group, by actor: String, to numbers: [String]) {
        let id = nextStanzaID()
        var attributes: Attributes = [
            "from": .jid(group.jid), "type": "w:gp2", "id": .text(id), "t": .text("\(now.seconds)"),
            "participant": .jid(jid(.phone(actor), in: group)), "addressing_mode": .text(group.addressing),
        ]
        if group.usesLIDs { attributes["participant_pn"] = .jid(JID(user: actor, server: .phoneNumber)) }
        if let name = accounts[actor]?.name { attributes["notify"] = .text(name) }
        for number in numbers {
            for device in accounts[number]?.deviceNumbers ?? [] where device != 0 {
                deliver(Node("notification", attributes, changes), to: DeviceAddress(number: number, device: device))
            }
        }
    }
}
