import ArgumentParser

struct DaemonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "daemon", abstract: "Run in the foreground until SIGTERM.")
    @OptionGroup var common: CommonOptions

    func run() throws {
        let loaded = try common.load()
        try DaemonMain(loaded) { Session(id: $0, environment: $1) }.run()
    }
}
