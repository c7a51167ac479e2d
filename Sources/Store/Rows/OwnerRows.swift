/// The moment of a row that an owner typed, until the daemon has filled it in.
let ownerCreatedAt = "COALESCE(created_at, UTC_TIMESTAMP(3)) AS created_at"

extension Database {
    /// Fills in when the rows were made that an owner typed: phpMyAdmin's form can not take a default for it from the table.
    package func dateOwnerRows() throws(StoreError) {
        for table in ["wa_api_keys", "wa_webhooks", "wa_outbox", "wa_opt_outs"] {
            _ = try run("UPDATE \(table) SET created_at = UTC_TIMESTAMP(3) WHERE created_at IS NULL")
        }
    }
}
