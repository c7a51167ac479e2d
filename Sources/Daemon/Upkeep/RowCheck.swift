import Model
import Store

/// What is wrong with rows of keys and webhooks that were typed in phpMyAdmin; what is wrong is ignored, and the row says so. The API and the commands
/// refuse such values.
enum RowCheck {
    static func problem(of key: APIKeyRow) -> String? {
        let words = OwnerList.words(key.permissions).map { $0.lowercased() }
        if let word = words.first(where: { !PermissionSet.knows($0) }) {
            return "permissions: there is no \(word.prefix(40)); known are \(Permission.allCases.map(\.rawValue).joined(separator: ", "))"
        }
        if words.isEmpty { return "permissions: empty, so that the key may do nothing; * is all" }
        let addresses = OwnerList.words(key.allowedIPs ?? "")
        if let address = addresses.first(where: { AddressRange($0) == nil }) {
            return "allowed_ips: \(address.prefix(60)) is no address or network such as 192.0.2.7 or 192.0.2.0/24"
        }
        return nil
    }

    static func problem(of webhook: WebhookRow) -> String? {
        guard WebhookURL.isGood(webhook.url) else { return "url: expected \(WebhookURL.expected)" }
        if webhook.events.isEmpty { return "events: none is chosen; * is all" }
        let lines = (webhook.headers ?? "").split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
        guard WebhookHeaders(parsing: webhook.headers).headers.count == lines.count else {
            return "headers: expected one a line, such as Authorization: Bearer abc; \(WebhookHeaders.expected)"
        }
        return nil
    }

    /// Marks the bad rows, and takes the mark off those that are good by now.
    static func mark(in database: Database) throws {
        for row in try database.apiKeys.list() {
            let found = problem(of: row)
            if found != row.problem { try database.apiKeys.setProblem(found, id: row.id) }
        }
        for row in try database.webhooks.list() {
            let found = problem(of: row)
            if found != row.problem { try database.webhooks.setProblem(found, id: row.id) }
        }
    }
}
