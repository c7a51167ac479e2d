import ArgumentParser

/// What every command takes.
struct CommonOptions: ParsableArguments {
    @Option(help: "The configuration file.")
    var config: String?

    /// - Throws: ``ShellFailure`` that names the file and its mistake.
    func load() throws(ShellFailure) -> LoadedConfiguration { try LoadedConfiguration(explicit: config) }
}
