/// Files and media hosts, in the control interface.
extension ControlRoutes {
    static let phoneMedia: Set<String> = ["send-media", "lose-files"]

    func phoneMedia(_ number: String, _ verb: String, _ request: ControlRequest) throws(ControlError) {
        if verb == "lose-files" { return try done { (world) throws(ControlError) in world[number]?.hasLostFiles = true } }
        let sending = try request.decode(PhoneSending.self)
        let (id, file) = try host.change { (world) throws(ControlError) in try world.send(sending, from: number, now: SandboxHost.now) }
        finish(ControlResponse(ControlBody.SentMedia(id: id, media: file)))
    }

    func media(_ verb: String?, _ request: ControlRequest) throws(ControlError) {
        switch (request.method, verb) {
        case ("GET", nil):
            let body = ControlBody.Media(files: host.world.vault.files, requests: host.world.service.media.requests, hosts: host.world.service.media.names)
            finish(ControlResponse(body))
        case ("POST", "expire"):
            let path = try request.decode(ControlBody.Expire.self).directPath
            guard host.world.vault.expire(path) > 0 else { throw .notFound("no such file") }
            finish(ControlResponse(ControlBody.Done()))
        case ("POST", "fault"):
            let fault = try request.decode(MediaFault.self)
            guard (1...1_000).contains(fault.count), (0...1).contains(fault.host ?? 0), fault.status.map({ (400...599).contains($0) }) ?? true else {
                throw .badRequest("count is 1 to 1000, host 0 or 1, status 400 to 599")
            }
            try done { (world) throws(ControlError) in world.service.media.faults.append(fault) }
        case ("POST", "revoke"): try done { (world) throws(ControlError) in world.service.media.revoke() }
        case ("POST", "clear"): try done { (world) throws(ControlError) in world.service.media.faults = [] }
        default: throw .notFound("media hosts have no \(verb ?? "such method")")
        }
    }
}

extension ControlBody {
    struct SentMedia: Codable { var id: String; var media: PhoneFile }
    struct Media: Codable { var files: [MediaVault.File]; var requests: [MediaRequest]; var hosts: [String] }
    struct Expire: Codable {
        /// Missing: every file.
        var directPath: String?
        enum CodingKeys: String, CodingKey { case directPath = "direct_path" }
    }
}
