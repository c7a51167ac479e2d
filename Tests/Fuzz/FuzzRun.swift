import CryptoPrimitives
import Glibc
import WhatsApp

/// Runs one target over its inputs.
struct FuzzRun {
    let target: FuzzTarget
    let arguments: FuzzArguments

    /// The number of findings.
    func run() throws -> Int {
        let (mutator, body) = (Mutator(seeds: try target.seeds()), try target.prepare())
        let start = ContinuousClock.now
        var findings = 0
        for number in arguments.first..<arguments.first + arguments.iterations {
            var rng = Jitter(seed: arguments.seed &* 0x9E37_79B9_7F4A_7C15 &+ number)
            let input = mutator.input(using: &rng)
            CrashReport.current = (target.name, arguments.seed, number)
            do {
                try body(input, &rng)
            } catch {
                findings += 1
                print("\(target.name): \(error), --seed \(arguments.seed) --first \(number), input \(Hex.encode(input))")
            }
        }
        print("\(target.name): \(arguments.iterations) inputs, \(findings) findings, \(ContinuousClock.now - start)")
        // Into a file, too: a run takes long.
        fflush(nil)
        return findings
    }
}
