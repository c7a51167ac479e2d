import Foundation

// Fuzzes the readers of everything that comes from outside: mutates valid inputs and expects errors, never a trap.
//
//     Fuzz [--iterations N] [--seed S] [--first I] [target ...]      without a target: all of them
//
// Every input follows from seed and number, so that a finding is repeated with `--seed S --first I --iterations 1 target`.

let arguments = FuzzArguments(CommandLine.arguments.dropFirst())
guard let arguments else {
    print("usage: Fuzz [--iterations N] [--seed S] [--first I] [target ...]\ntargets: \(fuzzTargets.map(\.name).joined(separator: " "))")
    exit(2)
}
CrashReport.install()
var findings = 0
for target in fuzzTargets where arguments.names.isEmpty || arguments.names.contains(target.name) {
    do {
        findings += try FuzzRun(target: target, arguments: arguments).run()
    } catch {
        print("\(target.name): can not start: \(error)")
        findings += 1
    }
}
exit(findings == 0 ? 0 : 1)
