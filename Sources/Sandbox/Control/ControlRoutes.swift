import Model

/// The control interface: what an HTTP request does to the simulation. Source of the paths: docs on the sandbox.
struct ControlRoutes {
    let host: SandboxHost
    let finish: (ControlResponse) -> Void

    /// The longest a request may wait, in milliseconds.
    static let longestWait: Int64 = 60_000
    static let scanWait: Int64 = 20_000
    private static let verbs: Set<String> = [
        "messages", "devices", "scan", "link", "send", "read", "unlink", "offline", "online", "answer", "call", "calls", "hangup", "pickup", "decline",
        "refresh", "typing",
    ]

    func handle(_ request: ControlRequest) {
        do throws(ControlError) {
            try route(request)
        } catch {
            finish(ControlResponse(error))
        }
    }

    private func route(_ request: ControlRequest) throws(ControlError) {
        let path = request.path
        switch (request.method, path.count, path.first) {
        case ("GET", 1, "phones"): finish(ControlResponse(ControlBody.Phones(phones: phones())))
        case ("POST", 1, "phones"): try addPhone(try request.decode(ControlBody.NewPhone.self))
        case ("GET", 1, "journal"): try journal(request)
        case ("POST", 2, "clients"): try client(path[1], request)
        case ("GET", 2, "phones"): finish(ControlResponse(host.world.state(of: try host.world.existing(path[1]))))
        case (_, 1...2, "media"): try media(path.count > 1 ? path[1] : nil, request)
        case (_, _, "channels"): try ChannelRoutes(host: host, finish: finish).handle(request)
        case (_, _, "groups"): try GroupRoutes(host: host, finish: finish).handle(request)
        case (_, 3, "phones"): try phone(path[1], path[2], request)
        case (_, 1, "phones"), (_, 1, "journal"), (_, 2, "phones"): throw .methodNotAllowed
        default: throw .notFound("no such path")
        }
    }

    private func phones() -> [ControlBody.PhoneState] {
        host.world.phones.values.sorted { $0.number < $1.number }.map(host.world.state)
    }

    private func addPhone(_ body: ControlBody.NewPhone) throws(ControlError) {
        guard Limits.phoneDigits.contains(body.number.utf8.count), body.number.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            body.number.first != "0"
        else { throw .badRequest("number is digits in international form, without + and leading 0") }
        let name = body.name ?? "Phone \(body.number)"
        let phone = try host.change { (world) throws(ControlError) -> Phone in
            world.service.now = SandboxHost.now
            guard let phone = world.addPhone(number: body.number, name: name) else { throw .conflict("\(body.number) exists already") }
            return phone
        }
        finish(ControlResponse(host.world.state(of: phone), status: 201))
    }

    private func phone(_ number: String, _ verb: String, _ request: ControlRequest) throws(ControlError) {
        _ = try host.world.existing(number)
        switch (request.method, verb) {
        case ("GET", "messages"): try messages(number, request)
        case ("GET", "devices"): finish(ControlResponse(ControlBody.Devices(devices: host.world.devices(of: number))))
        case ("POST", "scan"):
            let body = try request.decode(ControlBody.Scan.self)
            try pair(number) { (world) throws(ControlError) in try world.scan(body.qr, by: number, now: SandboxHost.now) }
        case ("POST", "link"):
            let body = try request.decode(ControlBody.LinkCode.self)
            try pair(number) { (world) throws(ControlError) in try world.link(body.code, by: number, now: SandboxHost.now) }
        case ("POST", "send"):
            let body = try request.decode(PhoneWords.self)
            let id = try host.change { (world) throws(ControlError) in try world.say(body, from: number, now: SandboxHost.now) }
            finish(ControlResponse(ControlBody.Sent(id: id)))
        case ("POST", "refresh"):
            let body = try request.decode(ControlBody.Scan.self)
            try done { (world) throws(ControlError) in try world.refresh(body.qr, by: number, now: SandboxHost.now) }
        case ("GET", "calls"): try calls(number, request)
        case ("POST", "call"): try call(number, try request.decode(ControlBody.Call.self))
        case ("POST", "hangup"):
            let body = try request.decode(ControlBody.HangUp.self)
            try done { (world) throws(ControlError) in try world.hangUp(body.id, by: number, now: SandboxHost.now) }
        case ("POST", "pickup"), ("POST", "decline"):
            let body = try request.decode(ControlBody.HangUp.self)
            try done { (world) throws(ControlError) in
                try world.answerCall(body.id, by: number, accepts: verb == "pickup", now: SandboxHost.now)
            }
        case ("GET", "typing"): finish(ControlResponse(ControlBody.Typing(typing: host.world[number]?.memory?.typing ?? [])))
        case ("POST", "read"):
            let body = try request.decode(ControlBody.Read.self)
            try done { (world) throws(ControlError) in try world.read(body.ids, in: body.chat, by: number, now: SandboxHost.now) }
        case ("POST", "unlink"):
            let body = try request.decode(ControlBody.Unlink.self)
            try done { (world) throws(ControlError) in try world.unlink(body.device, of: number, now: SandboxHost.now) }
        case ("POST", _) where Self.phoneFaults.contains(verb): try phoneFault(number, verb, request)
        case ("POST", _) where Self.settingVerbs.contains(verb): try setting(number, verb, request)
        case ("POST", _) where Self.phoneMedia.contains(verb): try phoneMedia(number, verb, request)
        case ("POST", "offline"), ("POST", "online"):
            try done { (world) throws(ControlError) in try world.setOnline(verb == "online", number, now: SandboxHost.now) }
        case ("POST", "answer"):
            let body = try request.decode(ControlBody.Answer.self)
            try done { (world) throws(ControlError) in world[number]?.automaticAnswer = body.with }
        default:
            let isKnown = [Self.verbs, Self.phoneFaults, Self.settingVerbs, Self.phoneMedia].contains { $0.contains(verb) }
            guard isKnown else { throw .notFound("a phone has no \(verb)") }
            throw .methodNotAllowed
        }
    }

    func done(_ event: (inout World) throws(ControlError) -> Void) throws(ControlError) {
        try host.change(event)
        finish(ControlResponse(ControlBody.Done()))
    }

    /// Answers when the client has completed or failed the pairing.
    private func pair(
        _ number: String, _ begin: (inout World) throws(ControlError) -> DeviceAddress
    ) throws(ControlError) {
        let address = try host.change(begin)
        host.wait(
            milliseconds: Self.scanWait,
            until: { world in
                switch world.service.outcomes[address] {
                case .paired(let address): world.devices(of: number).first { $0.device == address.device }.map { ControlResponse($0) }
                case .failed(let reason): ControlResponse(.conflict(reason))
                case nil: nil
                }
            },
            fallback: { _ in ControlResponse(.timeout("the client did not complete the pairing")) }, finish: finish)
    }

    private func messages(_ number: String, _ request: ControlRequest) throws(ControlError) {
        let after = Int(try request.number("after"))
        let answer: (World) -> ControlResponse = { world in
            let phone = world[number]
            return ControlResponse(ControlBody.Messages(messages: phone?.messages(after: after) ?? [], revision: phone?.revision ?? 0))
        }
        host.wait(
            milliseconds: min(try request.number("wait"), Self.longestWait),
            until: { world in (world[number]?.revision ?? 0) > after ? answer(world) : nil }, fallback: answer, finish: finish)
    }

    private func journal(_ request: ControlRequest) throws(ControlError) {
        let after = Int(try request.number("after"))
        let answer: (World) -> ControlResponse = { ControlResponse(ControlBody.JournalLines(lines: $0.service.journal.after(after))) }
        host.wait(
            milliseconds: min(try request.number("wait"), Self.longestWait),
            until: { $0.service.journal.count > after ? answer($0) : nil }, fallback: answer, finish: finish)
    }

    private func client(_ verb: String, _ request: ControlRequest) throws(ControlError) {
        switch verb {
        case "disconnect":
            let body = try request.decode(ControlBody.Disconnect.self)
            guard let goodbye = Goodbye(body.error ?? "") else { throw .badRequest("error is one of \(Goodbye.names)") }
            try connected(body.device) { $0.disconnect($1, goodbye) }
        case "noise": try noise(try request.decode(ControlBody.Disorder.self))
        case "corrupt": try damage(try request.decode(ControlBody.Damage.self))
        case "ping":
            try connected(try request.decode(ControlBody.Probe.self).device) { $0.ping($1) }
        case "dirty":
            let body = try request.decode(ControlBody.Probe.self)
            try connected(body.device) { $0.dirty($1, type: body.type ?? "account_sync") }
        default:
            throw .notFound("clients have no \(verb)")
        }
    }

    /// Does something to a device's connection; `event` says whether there is one.
    private func connected(_ device: String, _ event: (inout Service, DeviceAddress) -> Bool) throws(ControlError) {
        guard let jid = JID(parsing: device) else { throw .badRequest("device is no JID") }
        try done { (world) throws(ControlError) in
            world.service.now = SandboxHost.now
            guard let address = world.service.device(of: jid) else { throw .notFound("no device \(jid)") }
            guard event(&world.service, address) else { throw .conflict("\(jid) is not connected") }
        }
    }

    private func call(_ number: String, _ body: ControlBody.Call) throws(ControlError) {
        let id = try host.change { (world) throws(ControlError) in
            try world.call(body.to, from: number, video: body.video ?? false, group: body.group, now: SandboxHost.now)
        }
        finish(ControlResponse(ControlBody.Sent(id: id)))
    }

    /// The calls of a phone; with `wait`, when none of them rings any more.
    private func calls(_ number: String, _ request: ControlRequest) throws(ControlError) {
        let answer: (World) -> ControlResponse = { ControlResponse(ControlBody.Calls(calls: $0[number]?.calls ?? [])) }
        host.wait(
            milliseconds: min(try request.number("wait"), Self.longestWait),
            until: { $0[number]?.calls.contains { $0.status == .ringing } == true ? nil : answer($0) }, fallback: answer, finish: finish)
    }
}
