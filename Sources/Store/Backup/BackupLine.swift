import CryptoPrimitives
import Model

/// A line of a backup, read from a file that anybody may have changed.
enum BackupLine {
    case head(session: Int64, name: String, sealedWith: String)
    case row(table: String, columns: [(name: String, value: SQLValue)])
    case end(rows: Int64)

    /// - Throws: ``BackupError/malformed(line:)``.
    init(_ text: String, number: Int) throws(BackupError) {
        guard case .object(let members)? = try? JSONParser.parse(text) else { throw .malformed(line: number) }
        func value(_ name: String) -> JSONValue? { members.first { $0.key == name }?.value }
        if case .integer(let format)? = value("wa_connect_backup") {
            guard format == SessionBackup.format else { throw .otherFormat }
            guard case .integer(let session)? = value("session"), case .string(let name)? = value("name"),
                case .string(let sealedWith)? = value("sealed_with"), session > 0
            else { throw .malformed(line: number) }
            self = .head(session: session, name: name, sealedWith: sealedWith)
        } else if case .integer(let rows)? = value("rows") {
            self = .end(rows: rows)
        } else if case .string(let table)? = value("table"), case .object(let row)? = value("row") {
            guard table == "wa_sessions" || SessionBackup.tables.contains(where: { $0.name == table }) else { throw .malformed(line: number) }
            var columns: [(name: String, value: SQLValue)] = []
            for member in row {
                guard Self.isName(member.key), let value = Self.sql(member.value) else { throw .malformed(line: number) }
                columns.append((member.key, value))
            }
            self = .row(table: table, columns: columns)
        } else {
            throw .malformed(line: number)
        }
    }

    static func json(_ value: SQLValue) -> JSONValue {
        switch value {
        case .null: .null
        case .integer(let number): .integer(number)
        case .text(let text): .string(text)
        case .moment(let moment): .string(moment.sql)
        case .bytes(let bytes): .members(["hex": .string(Hex.encode(bytes))])
        }
    }

    private static func sql(_ value: JSONValue) -> SQLValue? {
        switch value {
        case .null: return .null
        case .integer(let number): return .integer(number)
        case .string(let text): return .text(text)
        case .object(let members):
            guard members.count == 1, let member = members.first, member.key == "hex", case .string(let text) = member.value else { return nil }
            return Hex.decode(text).map(SQLValue.bytes)
        default: return nil
        }
    }

    /// The name becomes part of a statement.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64 && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }
}
