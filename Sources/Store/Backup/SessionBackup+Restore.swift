package import Model

extension SessionBackup {
    /// Puts the link back in place of what the session has now, in one transaction. What may have been used to send since the backup is given up and begun
    /// anew: no key ever encrypts two different messages.
    /// - Parameters:
    ///   - lines: gives the next line; nil at the end.
    ///   - replacing: also where the session is linked now.
    /// - Returns: the name of the session.
    /// - Throws: ``BackupError``, and what `lines` throws.
    package func restore(replacing: Bool, now: Timestamp, lines: () throws -> String?) throws -> String {
        try database.transaction {
            var number = 1
            guard let first = try lines(), case .head(let id, let name, let sealedWith) = try BackupLine(first, number: number) else {
                throw BackupError.malformed(line: number)
            }
            guard sealedWith == database.sealer.keyName else { throw BackupError.otherKey }
            let restored = try make(id: id, name: name, replacing: replacing, now: now)
            var count: Int64 = 0
            while let line = try lines() {
                number += 1
                switch try BackupLine(line, number: number) {
                case .head: throw BackupError.malformed(line: number)
                case .row(let table, let columns):
                    do throws(StoreError) { try insert(table, columns, session: id) } catch {
                        switch error {
                        case .duplicate, .reference, .invalidValue, .schemaMissing, .query: throw BackupError.malformed(line: number)
                        default: throw error
                        }
                    }
                    count += 1
                case .end(let rows):
                    guard rows == count, try lines() == nil else { throw BackupError.cutOff }
                    try database.signal.discardSendingState(session: id)
                    return restored
                }
            }
            throw BackupError.cutOff
        }
    }

    /// Sealed values belong to the session's number, so that it has to be the same.
    private func make(id: Int64, name: String, replacing: Bool, now: Timestamp) throws -> String {
        guard let row = try database.sessions.find(id: id) else {
            _ = try database.run("INSERT INTO wa_sessions (id, name) VALUES (?, ?)", [.integer(id), .text(name)])
            return name
        }
        guard row.jid == nil || replacing else { throw BackupError.linked(row.name) }
        try database.sessions.wipe(id: id, at: now)
        return row.name
    }

    private func insert(_ table: String, _ columns: [(name: String, value: SQLValue)], session: Int64) throws(StoreError) {
        if table == "wa_sessions" {
            for (name, value) in columns where Self.ownColumns.contains(name) {
                _ = try database.run("UPDATE wa_sessions SET \(name) = ? WHERE id = ?", [value, .integer(session)])
            }
            return
        }
        let others = columns.filter { $0.name != "session_id" }
        let names = (["session_id"] + others.map(\.name)).joined(separator: ", ")
        let marks = Array(repeating: "?", count: others.count + 1).joined(separator: ", ")
        _ = try database.run("INSERT INTO \(table) (\(names)) VALUES (\(marks))", [.integer(session)] + others.map(\.value))
    }
}
