import Model
import WhatsApp

/// What can be done to groups, by clients and phones alike. Every change is told to all members, those who go included.
extension Service {
    static let longestSubject = 100
    private static let firstVersion: UInt64 = 1_000_000_000_000_000

    func group(_ jid: JID) -> Group? { jid.isGroup ? groups[jid.user] : nil }

    /// - Parameter members: phone numbers, without the creator's.
    mutating func createGroup(_ subject: String, by creator: String, members: [String]) throws(GroupError) -> Group {
        try checkSubject(subject)
        for number in members where accounts[number] == nil { throw .noSuchPerson(number) }
        var id: String
        repeat {
            id = "1203630\(UInt64.random(in: 10_000_000_000...99_999_999_999, using: &rng))"
        } while groups[id] != nil
        var unique = [creator]
        for number in members where !unique.contains(number) { unique.append(number) }
        let group = Group(
            id: id, subject: subject, creator: creator, createdAt: now, subjectAt: now, subjectBy: creator,
            members: unique.map { Group.Member(number: $0, role: $0 == creator ? .superadmin : .member) }, version: Self.firstVersion)
        groups[id] = group
        note(.group, creator, "made \(group.jid) with \(unique.count) members")
        announce(creation(of: group, reason: nil), in: group, by: creator, to: unique)
        return group
    }

    /// - Parameter isQuiet: nobody is told, as if the notification had been lost.
    /// - Returns: for each number 200, or the code of the service's refusal.
    mutating func addMembers(_ numbers: [String], to id: String, by actor: String, isQuiet: Bool = false) throws(GroupError) -> [(String, Int)] {
        var group = try administrated(id, by: actor)
        var results: [(String, Int)] = []
        var added: [String] = []
        for number in numbers {
            if accounts[number] == nil {
                results.append((number, 404))
            } else if group.member(number) != nil {
                results.append((number, 409))
            } else {
                group.members.append(Group.Member(number: number, role: .member))
                added.append(number)
                results.append((number, 200))
            }
        }
        guard !added.isEmpty else { return results }
        let old = group.members.map(\.number).filter { !added.contains($0) }
        let previous = advance(&group)
        note(.group, actor, "added \(added.joined(separator: ", ")) to \(group.jid)")
        guard !isQuiet else { return results }
        announce(change("add", added, in: group, previous: previous), in: group, by: actor, to: old)
        // Who comes gets the whole group.
        announce(creation(of: group, reason: "invite"), in: group, by: actor, to: added)
        return results
    }

    mutating func removeMembers(_ numbers: [String], from id: String, by actor: String, isQuiet: Bool = false) throws(GroupError) -> [(String, Int)] {
        var group = try administrated(id, by: actor)
        let removed = numbers.filter { group.member($0) != nil }
        let told = group.members.map(\.number)
        let results = numbers.map { ($0, removed.contains($0) ? 200 : 404) }
        guard !removed.isEmpty else { return results }
        group.members.removeAll { removed.contains($0.number) }
        let previous = advance(&group)
        note(.group, actor, "removed \(removed.joined(separator: ", ")) from \(group.jid)")
        guard !isQuiet else { return results }
        announce(change("remove", removed, in: group, previous: previous), in: group, by: actor, to: told)
        return results
    }

    mutating func leaveGroup(_ id: String, by number: String) throws(GroupError) {
        var group = try joined(id, by: number)
        let told = group.members.map(\.number)
        group.members.removeAll { $0.number == number }
        // Somebody has to be able to go on.
        if !group.members.isEmpty, !group.members.contains(where: \.role.isAdmin) { group.members[0].role = .admin }
        let previous = advance(&group)
        note(.group, number, "left \(group.jid)")
        announce(change("remove", [number], in: group, previous: previous), in: group, by: number, to: told)
    }

    mutating func setRole(_ role: Group.Role, of numbers: [String], in id: String, by actor: String) throws(GroupError) -> [(String, Int)] {
        var group = try administrated(id, by: actor)
        var results: [(String, Int)] = []
        for number in numbers {
            guard let index = group.members.firstIndex(where: { $0.number == number }) else {
                results.append((number, 404))
                continue
            }
            if group.members[index].role != .superadmin { group.members[index].role = role }
            results.append((number, 200))
        }
        let changed = results.filter { $0.1 == 200 }.map(\.0)
        guard !changed.isEmpty else { return results }
        let previous = advance(&group)
        let tag = role == .member ? "demote" : "promote"
        note(.group, actor, "\(tag)d \(changed.joined(separator: ", ")) in \(group.jid)")
        announce(change(tag, changed, in: group, previous: previous), in: group, by: actor, to: group.members.map(\.number))
        return results
    }

    mutating func setSubject(_ subject: String, of id: String, by actor: String) throws(GroupError) {
        try checkSubject(subject)
        var group = try joined(id, by: actor)
        group.subject = subject
        group.subjectAt = now
        group.subjectBy = actor
        groups[id] = group
        note(.group, actor, "named \(group.jid)")
        announce([Node("subject", subjectAttributes(of: group))], in: group, by: actor, to: group.members.map(\.number))
    }

    mutating func setAnnouncement(_ isOn: Bool, of id: String, by actor: String) throws(GroupError) {
        var group = try administrated(id, by: actor)
        group.isAnnouncement = isOn
        groups[id] = group
        note(.group, actor, isOn ? "only admins write to \(group.jid)" : "everybody writes to \(group.jid)")
        let node = Node(isOn ? "announcement" : "not_announcement", ["v_id": .text("\(now.milliseconds)")])
        announce([node], in: group, by: actor, to: group.members.map(\.number))
    }

    /// Moves a group to the other addressing, as the service did with old groups; clients learn it by error 421.
    mutating func setAddressing(usesLIDs: Bool, of id: String) throws(GroupError) {
        guard groups[id] != nil else { throw .unknownGroup }
        groups[id]?.usesLIDs = usesLIDs
        note(.group, "", "\(id)@g.us is addressed by \(usesLIDs ? "LID" : "phone number") from now on")
    }

    // MARK: Checks

    private func checkSubject(_ subject: String) throws(GroupError) {
        guard !subject.isEmpty, subject.unicodeScalars.count <= Self.longestSubject else { throw .badSubject }
    }

    func joined(_ id: String, by number: String) throws(GroupError) -> Group {
        guard let group = groups[id] else { throw .unknownGroup }
        guard group.member(number) != nil else { throw .notAMember }
        return group
    }

    private func administrated(_ id: String, by number: String) throws(GroupError) -> Group {
        let group = try joined(id, by: number)
        guard group.member(number)?.role.isAdmin == true else { throw .notAnAdmin }
        return group
    }

    /// Stores changed members under the next version.
    /// - Returns: the version before.
    private mutating func advance(_ group: inout Group) -> UInt64 {
        let previous = group.version
        group.version += 1
        groups[group.id] = group
        return previous
    }
}
