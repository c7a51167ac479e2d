/// Everything that an installation needs, checked one after the other. Nothing is changed.
struct Examination {
    /// The checks by name, in the order in which a mistake in one explains the next.
    static let checks: [(name: String, run: @Sendable (LoadedConfiguration) -> Finding)] = [
        ("files", FileChecks.files), ("space", FileChecks.space), ("limits", FileChecks.limits),
        ("database", DatabaseChecks.server), ("tables", DatabaseChecks.tables), ("settings", DatabaseChecks.settings),
        ("rows", DatabaseChecks.rows), ("ceilings", DatabaseChecks.ceilings),
        ("daemon", DaemonChecks.daemon), ("cron", DaemonChecks.cron), ("responder", DaemonChecks.responder),
        ("whatsapp", NetworkChecks.whatsApp), ("web", NetworkChecks.web),
        ("sessions", StateChecks.sessions), ("webhooks", StateChecks.webhooks), ("outbox", StateChecks.outbox),
    ]

    let loaded: LoadedConfiguration

    /// - Parameter names: only these; empty is all.
    func findings(_ names: [String]) -> [Finding] {
        Self.checks.filter { names.isEmpty || names.contains($0.name) }.map { $0.run(loaded) }
    }
}
