package import Model

/// Something that the owner is to be told of by mail, once.
package enum OwnerNotice: Sendable, Equatable {
    /// The number is not linked or not usable any more.
    case session(id: Int64, name: String, phoneNumber: String?, reason: SessionReason)
    /// Not one delivery of the webhook has worked since.
    case webhook(id: Int64, name: String, url: String, failingSince: Timestamp, lastError: String?)
    /// Disk or tables come near to what they may take.
    case ceiling(setting: String, note: String)
}

/// Queries about what the owner was told of by mail: columns of `wa_sessions`, `wa_webhooks` and `wa_settings`.
package struct OwnerNoticeTable {
    let database: Database

    /// Reasons that only a person with the phone, or a new version, can mend.
    private static let reasons: [SessionReason] = [.loggedOut, .banned, .replaced, .clientOutdated, .badSession, .wrongServerKey]
    /// How long a webhook fails before it is worth a mail: pages are down for minutes now and then.
    package static let webhookPatience: Int64 = 3_600_000
    /// A ceiling that comes and goes is worth one mail a day.
    private static let ceilingPause: Int64 = 86_400_000

    /// What the owner does not know yet.
    package func due(now: Timestamp) throws(StoreError) -> [OwnerNotice] {
        // Once it is well again, the next time is news.
        _ = try database.run("UPDATE wa_sessions SET mailed_reason = NULL WHERE status = 'connected' AND mailed_reason IS NOT NULL")
        let words = Self.reasons.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        var notices: [OwnerNotice] = []
        let sessions = try database.run(
            """
            SELECT id, name, phone_number, reason FROM wa_sessions
            WHERE status = 'disconnected' AND reason IN (\(words)) AND NOT (mailed_reason <=> reason) ORDER BY id
            """)
        for row in sessions.rows {
            notices.append(
                .session(
                    id: try row.integer("id"), name: try row.text("name"), phoneNumber: try row.optionalText("phone_number"),
                    reason: try row.word("reason", as: SessionReason.self)))
        }
        let webhooks = try database.run(
            """
            SELECT w.id, w.name, w.url, w.failing_since, (SELECT d.last_error FROM wa_webhook_deliveries d WHERE d.webhook_id = w.id
            AND d.last_error IS NOT NULL ORDER BY d.id DESC LIMIT 1) AS last_error FROM wa_webhooks w
            WHERE w.active = 1 AND w.failing_since <= ? AND (w.mailed_at IS NULL OR w.mailed_at < w.failing_since) ORDER BY w.id
            """, [.moment(now.adding(milliseconds: -Self.webhookPatience))])
        for row in webhooks.rows {
            notices.append(
                .webhook(
                    id: try row.integer("id"), name: try row.text("name"), url: try row.text("url"),
                    failingSince: try row.moment("failing_since"), lastError: try row.optionalText("last_error")))
        }
        _ = try database.run(
            "UPDATE wa_settings SET mailed_at = NULL WHERE note IS NULL AND mailed_at <= ?", [.moment(now.adding(milliseconds: -Self.ceilingPause))])
        let ceilings = try database.run("SELECT name, note FROM wa_settings WHERE note IS NOT NULL AND mailed_at IS NULL ORDER BY name")
        for row in ceilings.rows { notices.append(.ceiling(setting: try row.text("name"), note: try row.text("note"))) }
        return notices
    }

    /// The mail was handed over.
    package func told(_ notice: OwnerNotice, at now: Timestamp) throws(StoreError) {
        switch notice {
        case .session(let id, _, _, let reason):
            _ = try database.run("UPDATE wa_sessions SET mailed_reason = ? WHERE id = ?", [.word(reason), .integer(id)])
        case .webhook(let id, _, _, _, _):
            _ = try database.run("UPDATE wa_webhooks SET mailed_at = ? WHERE id = ?", [.moment(now), .integer(id)])
        case .ceiling(let setting, _):
            _ = try database.run("UPDATE wa_settings SET mailed_at = ? WHERE name = ?", [.moment(now), .text(setting)])
        }
    }
}
