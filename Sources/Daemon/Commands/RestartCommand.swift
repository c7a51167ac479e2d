import ArgumentParser

struct RestartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "restart", abstract: "Stop the daemon if it runs, and start it again.")
    @OptionGroup var common: CommonOptions

    func run() throws {
        let loaded = try common.load()
        try OrderlyStop.stop(loaded.runDirectory)
        try DetachedStart(loaded).ensure()
    }
}
