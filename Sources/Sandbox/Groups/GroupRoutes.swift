import Model

/// The part of the control interface that is about groups.
struct GroupRoutes {
    let host: SandboxHost
    let finish: (ControlResponse) -> Void

    struct State: Codable {
        struct Member: Codable { var number: String; var lid: String; var role: String }
        var jid: String
        var subject: String
        /// `lid` or `pn`.
        var addressing: String
        var announcement: Bool
        var members: [Member]
    }

    struct Groups: Codable { var groups: [State] }
    struct New: Codable { var by: String; var subject: String; var members: [String] }
    struct Change: Codable {
        var by: String
        var members: [String]?
        var subject: String?
        var on: Bool?
        var mode: String?
        var quiet: Bool?
    }

    func handle(_ request: ControlRequest) throws(ControlError) {
        let path = request.path
        switch (request.method, path.count) {
        case ("GET", 1): finish(ControlResponse(Groups(groups: all())))
        case ("POST", 1):
            let body = try request.decode(New.self)
            let group = try host.change { (world) throws(ControlError) in
                try world.createGroup(body.subject, by: body.by, members: body.members, now: SandboxHost.now)
            }
            finish(ControlResponse(state(of: group), status: 201))
        case ("GET", 2):
            guard let group = host.world.service.groups[Self.id(path[1])] else { throw .notFound("no group \(path[1])") }
            finish(ControlResponse(state(of: group)))
        case ("POST", 3):
            let body = try request.decode(Change.self)
            let change = try change(path[2], body)
            let group = try host.change { (world) throws(ControlError) in
                try world.changeGroup(Self.id(path[1]), change, by: body.by, isQuiet: body.quiet ?? false, now: SandboxHost.now)
            }
            finish(ControlResponse(state(of: group)))
        case (_, 1), (_, 2), (_, 3): throw .methodNotAllowed
        default: throw .notFound("no such path")
        }
    }

    /// With or without `@g.us`.
    private static func id(_ text: String) -> String { String(text.prefix { $0 != "@" }) }

    private func change(_ verb: String, _ body: Change) throws(ControlError) -> GroupChange {
        switch (verb, body.members, body.subject, body.on, body.mode) {
        case ("add", let members?, _, _, _): return .add(members)
        case ("remove", let members?, _, _, _): return .remove(members)
        case ("promote", let members?, _, _, _): return .promote(members)
        case ("demote", let members?, _, _, _): return .demote(members)
        case ("leave", _, _, _, _): return .leave
        case ("subject", _, let subject?, _, _): return .subject(subject)
        case ("announcement", _, _, let isOn?, _): return .announcement(isOn)
        case ("addressing", _, _, _, "lid"): return .addressing(usesLIDs: true)
        case ("addressing", _, _, _, "pn"): return .addressing(usesLIDs: false)
        default: throw .badRequest("a group's \(verb) needs other fields, or does not exist")
        }
    }

    private func all() -> [State] { host.world.service.groups.values.sorted { $0.id < $1.id }.map(state) }

    private func state(of group: Group) -> State {
        State(
            jid: group.jid.description, subject: group.subject, addressing: group.addressing, announcement: group.isAnnouncement,
            members: group.members.map { member in
                State.Member(
                    number: member.number, lid: host.world.service.lidJID(.phone(member.number)).description, role: member.role.rawValue)
            })
    }
}
