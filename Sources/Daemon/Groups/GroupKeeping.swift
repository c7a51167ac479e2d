import Model
import Signal
import Store
import WhatsApp

/// Keeps what is known of groups, and the sender keys that depend on who is in them. Part of the caller's transaction.
///
/// Whoever leaves may not read what is written afterwards: our key is dropped, and the next message makes another one.
struct GroupKeeping {
    let database: Database
    let session: Int64
    let own: OwnAddresses
    let now: Timestamp

    /// This device, as its sender keys are named.
    private var ownSender: String { SignalAddress(own.lid ?? own.phoneNumber).description }

    /// A group as the service has just described it.
    func store(_ group: GroupMetadata) throws {
        for member in group.members { try learn(member) }
        let gone = try database.groups.save(
            GroupRow(
                jid: group.jid, addressing: group.addressing, participantVersion: group.participantVersion,
                isAnnouncement: group.isAnnouncement, expirationSeconds: group.expirationSeconds, members: group.members), at: now,
            session: session)
        if let subject = group.subject { try rename(group.jid, subject) }
        try dropKeys(of: gone, in: group.jid)
    }

    func apply(_ news: GroupNotification) throws {
        if let actor = news.actor, actor.isPerson, let name = news.actorName, !own.includes(actor) {
            _ = try database.contacts.resolve(ContactAddress(actor, other: news.actorAlternative), pushName: name, session: session)
        }
        let before = try database.groups.load(news.group, session: session)
        for change in news.changes { try apply(change, to: news.group) }
        guard let before, let version = news.version else { return }
        try database.groups.setParticipantVersion(version, of: news.group, session: session)
        // A change in between was missed.
        if let known = before.participantVersion, let previous = news.previousVersion, known != previous, known != version {
            try database.groups.markStale(news.group, session: session)
        }
    }

    private func apply(_ change: GroupNotification.Change, to group: JID) throws {
        switch change {
        case .created(let metadata):
            guard metadata.jid == group else { return }
            try store(metadata)
        case .added(let members), .promoted(let members), .demoted(let members):
            for member in members { try learn(member) }
            try database.groups.put(members.map { Self.changed($0, by: change) }, into: group, session: session)
        case .removed(let members):
            if members.contains(where: { own.includes($0.jid) }) { return try leave(group) }
            try database.groups.remove(members, from: group, session: session)
            try dropKeys(of: members, in: group)
        case .subject(let subject): try rename(group, subject)
        case .announcement(let isOn): try database.groups.setAnnouncement(isOn, of: group, session: session)
        case .expiration(let seconds): try database.groups.setExpiration(seconds, of: group, session: session)
        case .modified: try database.groups.markStale(group, session: session)
        case .deleted: try leave(group)
        case .other: break
        }
    }

    /// Notifications of a changed role name the members without it.
    private static func changed(_ member: GroupMember, by change: GroupNotification.Change) -> GroupMember {
        var member = member
        switch change {
        case .promoted where member.role == .member: member.role = .admin
        case .demoted: member.role = .member
        default: break
        }
        return member
    }

    /// This account is no member any more.
    func leave(_ group: JID) throws {
        try database.groups.delete(group, session: session)
        try database.signal.dropOwnKey(group: group.description, sender: ownSender, session: session)
    }

    private func rename(_ group: JID, _ subject: String) throws {
        let contact = try database.contacts.resolve(ContactAddress(group), session: session)
        try database.contacts.setSavedName(subject, id: contact)
    }

    private func dropKeys(of gone: [GroupMember], in group: JID) throws {
        guard !gone.isEmpty else { return }
        try database.signal.dropOwnKey(group: group.description, sender: ownSender, session: session)
        for name in gone.flatMap({ [$0.jid, $0.alternative].compactMap(\.self) }) {
            try database.signal.deleteSenderKeys(group: group.description, ofUser: SignalAddress(name).name, session: session)
        }
    }

    /// Both names of somebody who is a contact already; members that nobody has written to are not made contacts.
    private func learn(_ member: GroupMember) throws {
        guard let other = member.alternative else { return }
        let pair = ContactAddress(member.jid, other: other)
        guard let known = try database.contacts.find(pair, session: session), known.lid != pair.lid || known.phoneNumber != pair.phoneNumber
        else { return }
        _ = try database.contacts.resolve(pair, session: session)
        guard let number = pair.phoneNumber, let lid = pair.lid else { return }
        try database.signal.moveSessions(
            fromUser: SignalAddress(JID(user: number, server: .phoneNumber)).name,
            toUser: SignalAddress(JID(user: lid, server: .lid)).name, session: session)
    }
}
