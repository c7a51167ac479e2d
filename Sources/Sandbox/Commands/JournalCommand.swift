import ArgumentParser

/// `wa-sandbox journal`: what happened, and what the real service would not have taken.
struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "journal", abstract: "Shows what happened; refused things are named.")
    @OptionGroup var options: ControlOptions
    @Option(help: "Only lines after this number.") var after = 0
    @Option(help: "Waits for a new line, in seconds.") var wait = 0
    @Flag(help: "Only what was refused or not acknowledged.") var refused = false

    func run() throws {
        let path = "/journal?after=\(max(0, after))&wait=\(max(0, min(wait, 60)) * 1_000)"
        let (answer, json) = try options.client().get(path, as: ControlBody.JournalLines.self)
        let lines = answer.lines.filter { !refused || $0.kind == .refused || $0.kind == .acknowledgement }
        Output.show(json, options) {
            lines.map { "\($0.number)  \($0.time)  \($0.kind.rawValue)  \($0.who)  \($0.text)" }.joined(separator: "\n")
        }
    }
}
