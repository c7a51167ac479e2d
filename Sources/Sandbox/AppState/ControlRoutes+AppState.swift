import Model

/// Shared settings and tokens, in the control interface.
extension ControlRoutes {
    static let settingVerbs: Set<String> = ["contact", "rename", "rotate-key", "miscount", "salt", "strangers", "past"]

    func setting(_ number: String, _ verb: String, _ request: ControlRequest) throws(ControlError) {
        switch verb {
        case "contact":
            let body = try request.decode(ControlBody.Contact.self)
            try done { (world) throws(ControlError) in
                try world.saveContact(body.number, name: body.name, by: number, now: SandboxHost.now)
            }
        case "rename":
            let name = try request.decode(ControlBody.Rename.self).name
            try done { (world) throws(ControlError) in try world.rename(number, to: name, now: SandboxHost.now) }
        case "rotate-key": try done { (world) throws(ControlError) in try world.rotateKey(of: number, now: SandboxHost.now) }
        case "salt": try done { (world) throws(ControlError) in try world.makeTokenSalt(of: number, now: SandboxHost.now) }
        case "past":
            let past = try request.decode(InventedPast.self)
            guard (0...100_000).contains(past.people), (0...10_000).contains(past.groups), (0...10_000_000).contains(past.messages) else {
                throw .badRequest("people is 0 to 100000, groups 0 to 10000, messages 0 to 10000000")
            }
            try done { (world) throws(ControlError) in
                _ = try world.existing(number)
                world[number]?.inventedPast = past
            }
        case "miscount":
            let body = try request.decode(ControlBody.Miscount.self)
            try done { (world) throws(ControlError) in
                _ = try world.existing(number)
                world.service.faults.miscount(body.count ?? 1, for: DeviceAddress(number: number, device: body.device))
            }
        default:
            let refuses = try request.decode(ControlBody.Strangers.self).refused
            try done { (world) throws(ControlError) in
                _ = try world.existing(number)
                world.service.accounts[number]?.refusesStrangers = refuses
            }
        }
    }
}

extension ControlBody {
    struct Contact: Codable { var number: String; var name: String? }
    struct Rename: Codable { var name: String }
    struct Miscount: Codable { var device: UInt16; var count: Int? }
    struct Strangers: Codable { var refused: Bool }
}
