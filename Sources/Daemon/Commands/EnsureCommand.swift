import ArgumentParser

struct EnsureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ensure", abstract: "Start the daemon detached if none runs, else do nothing. For cron.")
    @OptionGroup var common: CommonOptions

    func run() throws {
        try DetachedStart(common.load()).ensure()
    }
}
