import Model

/// What one check of `wa-connect doctor` found.
struct Finding: Sendable, Equatable {
    enum Verdict: String, Sendable { case ok, warning, failed }

    /// One word that names the check; programs rely on it.
    let check: String
    let verdict: Verdict
    let text: String
    /// What to do; nil where all is well.
    let cure: String?

    static func ok(_ check: String, _ text: String) -> Finding { Finding(check: check, verdict: .ok, text: text, cure: nil) }
    static func warning(_ check: String, _ text: String, cure: String) -> Finding {
        Finding(check: check, verdict: .warning, text: text, cure: cure)
    }
    static func failed(_ check: String, _ text: String, cure: String) -> Finding {
        Finding(check: check, verdict: .failed, text: text, cure: cure)
    }

    var json: JSONValue {
        .members(["check": .string(check), "verdict": .string(verdict.rawValue), "text": .string(text), "cure": .text(cure)])
    }
}
