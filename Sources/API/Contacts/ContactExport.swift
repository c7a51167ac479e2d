import Model
import Store

/// `GET contacts/export`: all contacts as a CSV file, read and written piece by piece.
enum ContactExport {
    static let answer: @Sendable (Call) throws -> Download = { call in
        let contacts = call.database.contacts
        let session = call.key.sessionID
        var last: Int64?
        return Download(type: "text/csv; charset=utf-8", attachment: "contacts.csv") {
            guard let after = last else {
                last = 0
                return Array(CSVLine.text(columns).utf8)
            }
            let rows = try contacts.after(id: after, limit: rowsPerPiece, session: session)
            guard let end = rows.last else { return nil }
            last = end.id
            return Array(rows.map { CSVLine.text(cells($0)) }.joined().utf8)
        }
    }

    /// The reference's, in its order.
    private static let columns = ["jid", "phone", "name", "is_group", "message_count", "last_message_at"]
    /// Some 20 KB.
    private static let rowsPerPiece = 200

    private static func cells(_ row: ContactRow) -> [String] {
        [
            row.jid, row.phoneNumber ?? "", row.name ?? "", row.isGroup ? "true" : "false", String(row.messageCount),
            row.lastMessageAt?.iso8601 ?? "",
        ]
    }
}
