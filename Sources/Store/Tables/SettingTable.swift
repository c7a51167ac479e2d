/// A row of `wa_settings`.
package struct SettingRow: Sendable, Equatable {
    package let name: String
    /// The owner's value; nil is the default.
    package let ownValue: String?
    package let defaultValue: String
    package let description: String
    /// What is wrong with the owner's value, as the daemon found it.
    package let problem: String?
    /// What the daemon found about it, such as a ceiling that is near.
    package let note: String?

    /// What holds, unless it turns out to be bad: then ``defaultValue`` does.
    package var value: String { ownValue ?? defaultValue }

    init(_ row: Row) throws(StoreError) {
        name = try row.text("name")
        ownValue = try row.optionalText("value")
        defaultValue = try row.text("default_value")
        description = try row.text("description")
        problem = try row.optionalText("problem")
        note = try row.optionalText("note")
    }
}

/// Queries on `wa_settings`.
package struct SettingTable {
    let database: Database

    private static let select = "SELECT name, value, default_value, description, problem, note FROM wa_settings"

    package func list() throws(StoreError) -> [SettingRow] {
        try database.run("\(Self.select) ORDER BY name").rows.map { row throws(StoreError) in try SettingRow(row) }
    }

    package func find(_ name: String) throws(StoreError) -> SettingRow? {
        try database.run("\(Self.select) WHERE name = ?", [.text(name)]).rows.first.map { row throws(StoreError) in try SettingRow(row) }
    }

    /// The value that holds; nil where there is no such setting.
    package func value(_ name: String) throws(StoreError) -> String? { try find(name)?.value }

    /// - Parameter value: nil goes back to the default.
    /// - Returns: false where there is no such setting.
    package func set(_ name: String, to value: String?) throws(StoreError) -> Bool {
        try database.run(
            "UPDATE wa_settings SET value = ?, problem = NULL WHERE name = ?", [.optional(value), .text(name)]
        ).affectedRows > 0
    }

    /// Marks a value as bad, or as good again.
    package func setProblem(_ problem: String?, name: String) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_settings SET problem = ? WHERE name = ? AND NOT (problem <=> ?)",
            [.optional(problem?.clipped(to: 255)), .text(name), .optional(problem?.clipped(to: 255))])
    }

    /// What the owner should know of it; nil takes it away.
    package func setNote(_ note: String?, name: String) throws(StoreError) {
        _ = try database.run(
            "UPDATE wa_settings SET note = ? WHERE name = ? AND NOT (note <=> ?)",
            [.optional(note?.clipped(to: 255)), .text(name), .optional(note?.clipped(to: 255))])
    }
}
