import Model
import WhatsApp

/// Trouble on order, in the control interface.
extension ControlRoutes {
    static let phoneFaults: Set<String> = ["forget", "reinstall", "drop-keys", "quiet"]

    func phoneFault(_ number: String, _ verb: String, _ request: ControlRequest) throws(ControlError) {
        switch verb {
        case "forget": try done { (world) throws(ControlError) in try world.forgetSessions(of: number, now: SandboxHost.now) }
        case "reinstall": try done { (world) throws(ControlError) in try world.reinstall(number, now: SandboxHost.now) }
        case "drop-keys":
            let device = try request.decode(ControlBody.DropKeys.self).device ?? 0
            try done { (world) throws(ControlError) in try world.dropKeys(of: device, number: number, now: SandboxHost.now) }
        default:
            let isQuiet = try request.decode(ControlBody.Quiet.self).quiet
            try done { (world) throws(ControlError) in try world.setQuiet(isQuiet, number, now: SandboxHost.now) }
        }
    }

    /// The next messages to a client arrive damaged.
    func damage(_ body: ControlBody.Damage) throws(ControlError) {
        guard let jid = JID(parsing: body.device) else { throw .badRequest("device is no JID") }
        let count = body.count ?? 1
        guard (0...Faults.damageLimit).contains(count) else { throw .badRequest("count is 0 to \(Faults.damageLimit)") }
        try done { (world) throws(ControlError) in
            guard let address = world.service.device(of: jid) else { throw .notFound("no device \(jid)") }
            world.service.faults.damage(count, for: address)
        }
    }

    /// From now on messages to a client come in disorder; with all shares 0 it ends.
    func noise(_ body: ControlBody.Disorder) throws(ControlError) {
        guard let jid = JID(parsing: body.device) else { throw .badRequest("device is no JID") }
        let shares = Noise.Shares(
            duplicate: body.duplicate ?? 0, reorder: body.reorder ?? 0, withhold: body.withhold ?? 0, damage: body.damage ?? 0)
        guard shares.isValid else { throw .badRequest("shares are 0 to \(Noise.Shares.limit) of a hundred messages, together too") }
        try done { (world) throws(ControlError) in
            guard let address = world.service.device(of: jid) else { throw .notFound("no device \(jid)") }
            world.service.faults.disturb(address, shares, seed: body.seed ?? 1)
        }
    }
}

extension ControlBody {
    struct DropKeys: Codable { var device: UInt16? }
    struct Quiet: Codable { var quiet: Bool }
    struct Damage: Codable { var device: String; var count: Int? }
    struct Disorder: Codable {
        var device: String
        var seed: UInt64?
        var duplicate: Int?
        var reorder: Int?
        var withhold: Int?
        var damage: Int?
    }
}
