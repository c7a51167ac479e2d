import ArgumentParser

/// `--json` of commands that programs read.
struct JSONOption: ParsableArguments {
    @Flag(help: "Print JSON for programs.")
    var json = false
}
