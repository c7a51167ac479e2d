import Model
import Store

/// The owner's settings for files.
enum MediaLimits {
    /// Bytes of the largest file, sent or received.
    static func maximumBytes(in database: Database) throws -> Int { try count("media.max_bytes", in: database) ?? 100 << 20 }

    /// Bytes that received files may take in all; nil = no limit.
    static func diskBytes(in database: Database) throws -> Int64? {
        guard let bytes = try count("media.disk_bytes", in: database), bytes > 0 else { return nil }
        return Int64(bytes)
    }

    /// Bytes that the tables may take in all; nil = no limit.
    static func databaseBytes(in database: Database) throws -> Int64? {
        guard let bytes = try count("database.max_bytes", in: database), bytes > 0 else { return nil }
        return Int64(bytes)
    }

    /// Days that received files are kept; nil = for ever.
    static func retentionDays(in database: Database) throws -> Int? {
        guard let days = try count("media.retention_days", in: database), days > 0 else { return nil }
        return days
    }

    /// A bad value counts as none: the default holds.
    private static func count(_ name: String, in database: Database) throws -> Int? {
        guard let row = try database.settings.find(name) else { return nil }
        let isGood = SettingCheck.problem(of: row.value, for: name) == nil
        return SettingForm.count(isGood ? row.value : row.defaultValue)
    }
}
