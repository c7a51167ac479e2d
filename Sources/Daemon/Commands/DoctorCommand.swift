import ArgumentParser
import Model

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check everything that an installation needs, and say how to mend it.",
        discussion: "Exit status 1 where something failed. The output holds no secrets: it may go to the host's support as it is.")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @Option(help: "Only these checks, separated by commas.") var only: String?

    func run() throws {
        let names = only?.split(separator: ",").map(String.init) ?? []
        for name in names where !Examination.checks.contains(where: { $0.name == name }) {
            throw ShellFailure.usage("no check \(name). There are: \(Examination.checks.map(\.name).joined(separator: ", "))")
        }
        let findings = try Examination(loaded: common.load()).findings(names)
        output.json ? print(CanonicalJSON.text(report(findings))) : show(findings)
        let failed = findings.count { $0.verdict == .failed }
        guard failed == 0 else { throw ShellFailure.failed("\(failed) of \(findings.count) checks failed") }
    }

    private func report(_ findings: [Finding]) -> JSONValue {
        .members(["version": .string(ProductVersion.current), "findings": .array(findings.map(\.json))])
    }

    private func show(_ findings: [Finding]) {
        print("WA-Connect \(ProductVersion.current)")
        for finding in findings {
            print("\(mark(finding.verdict)) \(finding.check): \(finding.text)")
            if let cure = finding.cure { print("       → \(cure)") }
        }
    }

    private func mark(_ verdict: Finding.Verdict) -> String {
        switch verdict {
        case .ok: "[ ok ]"
        case .warning: "[warn]"
        case .failed: "[FAIL]"
        }
    }
}
