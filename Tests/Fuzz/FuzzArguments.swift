/// What the command line asks for.
struct FuzzArguments {
    var iterations: UInt64 = 1_000_000
    var seed: UInt64 = 1
    /// Number of the first input.
    var first: UInt64 = 0
    /// Empty for all targets.
    var names: [String] = []

    /// nil where an option is unknown, has no number, or a target does not exist.
    init?(_ words: some Sequence<String>) {
        var words = words.makeIterator()
        while let word = words.next() {
            switch word {
            case "--iterations", "--seed", "--first":
                guard let number = words.next().flatMap({ UInt64($0) }) else { return nil }
                switch word {
                case "--iterations": iterations = number
                case "--seed": seed = number
                default: first = number
                }
            default:
                guard fuzzTargets.contains(where: { $0.name == word }) else { return nil }
                names.append(word)
            }
        }
    }
}
