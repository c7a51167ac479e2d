package import Model

/// A row of `wa_api_keys`.
package struct APIKeyRow: Sendable, Equatable {
    package let id: Int64
    package let name: String
    /// Comma-separated, as typed; `*` is all.
    package let permissions: String
    /// Set by the API for a call that acts on another session.
    package var sessionID: Int64
    package let isActive: Bool
    /// What the daemon found wrong with a row that was typed in phpMyAdmin.
    package let problem: String?
    package let expiresAt: Timestamp?
    /// Requests a day; 0 is unlimited.
    package let dailyLimit: Int64
    /// Requests per 15 minutes and send requests a minute; nil is the setting, 0 unlimited.
    package let generalLimit: Int64?
    package let sendLimit: Int64?
    /// Messages a day; nil is unlimited.
    package let dailyMessages: Int64?
    /// Comma-separated, as typed; nil is everywhere.
    package let allowedIPs: String?
    package let lastUsedAt: Timestamp?
    package let createdAt: Timestamp

    static let columns = """
        id, name, permissions, session_id, active, expires_at, daily_limit, general_limit, send_limit, daily_messages, allowed_ips, \
        last_used_at, problem, \(ownerCreatedAt)
        """

    init(_ row: Row) throws(StoreError) {
        id = try row.integer("id")
        name = try row.text("name")
        permissions = try row.text("permissions")
        sessionID = try row.integer("session_id")
        isActive = try row.flag("active")
        problem = try row.optionalText("problem")
        expiresAt = try row.optionalMoment("expires_at")
        dailyLimit = try row.integer("daily_limit")
        generalLimit = try row.optionalInteger("general_limit")
        sendLimit = try row.optionalInteger("send_limit")
        dailyMessages = try row.optionalInteger("daily_messages")
        allowedIPs = try row.optionalText("allowed_ips")
        lastUsedAt = try row.optionalMoment("last_used_at")
        createdAt = try row.moment("created_at")
    }
}

/// A key that is about to be made; what is nil takes the column's default.
package struct NewAPIKey: Sendable {
    package var name: String
    /// Lower-case hex SHA-256 of the key.
    package var hash: String
    package var permissions: String?
    package var sessionID: Int64
    package var expiresAt: Timestamp?
    package var dailyLimit: Int64?
    package var generalLimit: Int64?
    package var sendLimit: Int64?
    package var allowedIPs: String?
    package var dailyMessages: Int64?

    package init(
        name: String, hash: String, permissions: String? = nil, sessionID: Int64 = SessionTable.defaultID, expiresAt: Timestamp? = nil,
        dailyLimit: Int64? = nil, generalLimit: Int64? = nil, sendLimit: Int64? = nil, allowedIPs: String? = nil,
        dailyMessages: Int64? = nil
    ) {
        self.name = name
        self.hash = hash
        self.permissions = permissions
        self.sessionID = sessionID
        self.expiresAt = expiresAt
        self.dailyLimit = dailyLimit
        self.generalLimit = generalLimit
        self.sendLimit = sendLimit
        self.allowedIPs = allowedIPs
        self.dailyMessages = dailyMessages
    }
}
