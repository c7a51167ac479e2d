import ArgumentParser

struct StopCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stop", abstract: "Stop the daemon.")
    @OptionGroup var common: CommonOptions

    func run() throws {
        try OrderlyStop.stop(common.load().runDirectory)
    }
}
