package import Model

// Keys of the page that shows the QR: they live for half an hour and are no business of the owner's.
extension APIKeyTable {
    /// Tells the key of a link that nobody has opened yet, and of an opened page, from the owner's keys.
    private static let unopened = "page: not opened yet"
    private static let opened = "page: open in a browser"
    private static let lifetime: Int64 = 30 * 60 * 1_000

    /// Also removes those that have expired.
    package func insertForPage(hash: String, session: Int64, now: Timestamp) throws(StoreError) {
        _ = try database.run(
            "DELETE FROM wa_api_keys WHERE name IN (?, ?) AND expires_at < ?", [.text(Self.unopened), .text(Self.opened), .moment(now)])
        _ = try insert(
            NewAPIKey(
                name: Self.unopened, hash: hash, permissions: "session:read,session:manage,messages:send", sessionID: session,
                expiresAt: now.adding(milliseconds: Self.lifetime), dailyLimit: 0, generalLimit: 0, sendLimit: nil))
    }

    /// - Returns: false where the key is none of an unopened link.
    package func replacePageKey(id: Int64, hash: String) throws(StoreError) -> Bool {
        try database.run(
            "UPDATE wa_api_keys SET key_hash = ?, name = ? WHERE id = ? AND name = ?",
            [.text(hash), .text(Self.opened), .integer(id), .text(Self.unopened)]
        ).affectedRows > 0
    }
}
