import ArgumentParser

// Trouble on order, to see how a site copes.
extension PhoneCommand {
    struct Forget: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a phone lose its encryption states: it has to ask for messages again.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        func run() throws { try PhoneCommand.fault("forget", [String: String](), "has lost its sessions", number, options) }
    }

    struct Reinstall: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Installs WhatsApp anew on a phone: new identity, no linked devices.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        func run() throws { try PhoneCommand.fault("reinstall", [String: String](), "installed anew", number, options) }
    }

    struct DropKeys: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Takes a device's one-time keys from the service.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        @Option(help: "0 is the phone.") var device: UInt16 = 0
        func run() throws { try PhoneCommand.fault("drop-keys", ControlBody.DropKeys(device: device), "no one-time keys", number, options) }
    }

    struct Quiet: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tells nobody when devices of an account come or go, so that lists become stale.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        @Flag(help: "Tells them again.") var off = false
        func run() throws { try PhoneCommand.fault("quiet", ControlBody.Quiet(quiet: !off), off ? "announced" : "quiet", number, options) }
    }

    fileprivate static func fault(_ verb: String, _ body: some Encodable, _ word: String, _ number: String, _ options: ControlOptions) throws {
        let (_, json) = try options.client().post("/phones/\(number)/\(verb)", body, as: ControlBody.Done.self)
        Output.show(json, options) { word }
    }
}

extension ClientsCommand {
    struct Corrupt: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Damages the next messages to a client, which has to ask for them again.")
        @OptionGroup var options: ControlOptions
        @Argument(help: "JID of the device, such as 96890000001:1@s.whatsapp.net.") var device: String
        @Option(help: "How many messages.") var count = 1

        func run() throws {
            let (_, json) = try options.client().post(
                "/clients/corrupt", ControlBody.Damage(device: device, count: count), as: ControlBody.Done.self)
            Output.show(json, options) { "the next \(count) arrive damaged" }
        }
    }
    struct Disturb: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "noise", abstract: "Messages to a client come twice, late, or damaged, at random. Without shares it ends.")
        @OptionGroup var options: ControlOptions
        @Argument(help: "JID of the device, such as 96890000001:1@s.whatsapp.net.") var device: String
        @Option(help: "Of a hundred messages, so many come twice.") var duplicate = 0
        @Option(help: "So many come after the next one.") var reorder = 0
        @Option(help: "So many come with the next connection only.") var withhold = 0
        @Option(help: "So many come damaged.") var damage = 0
        @Option(help: "The same seed makes the same noise.") var seed: UInt64 = 1

        func run() throws {
            let body = ControlBody.Disorder(
                device: device, seed: seed, duplicate: duplicate, reorder: reorder, withhold: withhold, damage: damage)
            let (_, json) = try options.client().post("/clients/noise", body, as: ControlBody.Done.self)
            Output.show(json, options) { "noise" }
        }
    }
}
