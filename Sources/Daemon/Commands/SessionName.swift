import Store

/// A session as people name it on the command line.
struct SessionName {
    private let text: String
    init(_ text: String) { self.text = text }

    func row(in database: Database) throws -> SessionRow {
        guard let row = try database.sessions.find(name: text) else {
            throw ShellFailure.failed(
                "no session \(text); see `wa-connect sessions list`, or add it with `wa-connect sessions add \(text)`")
        }
        return row
    }

    func id(in database: Database) throws -> Int64 { try row(in: database).id }
}
