import ArgumentParser

/// `wa-sandbox clients …`: trouble on demand.
struct ClientsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clients", abstract: "Trouble for clients, to see how they cope.", subcommands: [Disconnect.self, Corrupt.self, Disturb.self])

    struct Disconnect: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends one connection.")
        @OptionGroup var options: ControlOptions
        @Argument(help: "JID of the device, such as 96890000001:1@s.whatsapp.net.") var device: String
        @Option(help: "How: \(Goodbye.names).") var error: String?

        func run() throws {
            let body = ControlBody.Disconnect(device: device, error: error)
            let (_, json) = try options.client().post("/clients/disconnect", body, as: ControlBody.Done.self)
            Output.show(json, options) { "disconnected" }
        }
    }
}
