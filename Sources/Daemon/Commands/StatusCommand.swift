import ArgumentParser

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show whether the daemon runs and where the sessions stand.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption

    func run() throws {
        try SessionReport(common.load()).show(json: output.json)
    }
}
