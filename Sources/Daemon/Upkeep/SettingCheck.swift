import Model
import Store
import WhatsApp

/// What is wrong with a value of `wa_settings`; the command refuses such a value, and the daemon marks one that was typed in phpMyAdmin.
enum SettingCheck {
    /// Days of the longest retention; more would overflow no date.
    private static let longestRetention = 36_500

    /// - Returns: what was expected, in words; nil for a good value and for settings that this version does not know.
    static func problem(of value: String, for name: String) -> String? {
        switch name {
        case "limits.general", "limits.send", "limits.checks": number(value, "a whole number of requests, 0 = unlimited", upTo: 1_000_000_000)
        case "time.offset": SettingForm.offsetMinutes(value) == nil ? "expected an offset such as +04:00" : nil
        case "cors.origins":
            SettingForm.origins(value) == nil ? "expected addresses such as https://shop.example, separated by commas" : nil
        case "numbers.default_country": SettingForm.country(value) == nil ? "expected a country code such as 968" : nil
        case "messages.retention_days", "webhooks.retention_days", "media.retention_days":
            number(value, "a whole number of days, 0 = for ever", upTo: longestRetention)
        case "bulk.max_recipients":
            value == "0" ? "expected at least 1" : number(value, "a whole number from 1 to \(Limits.mostBulkRecipients)", upTo: Limits.mostBulkRecipients)
        case "media.max_bytes", "media.disk_bytes", "database.max_bytes": number(value, "a whole number of bytes", upTo: 1 << 40)
        case "bulk.pace_ms": number(value, "milliseconds from 0 to 60000", upTo: 60_000)
        case "webhooks.retry_schedule":
            RetrySchedule(parsing: value) == nil ? "expected waits such as 10s,1m,5m,30m,2h,6h,24h" : nil
        case "calls.reject", "receive.statuses", "receive.channels", "receipts.read", "links.preview":
            ["yes", "no"].contains(value) ? nil : "expected yes or no"
        case "daemon.mode": ["resident", "cron"].contains(value) ? nil : "expected resident or cron"
        case "mail.to": value.isEmpty || isMailAddress(value) ? nil : "expected a mail address"
        case "whatsapp.version": value.isEmpty || ClientVersion(parsing: value) != nil ? nil : "expected a version such as 2.3000.1045649367"
        default: nil
        }
    }

    private static func number(_ value: String, _ expected: String, upTo limit: Int) -> String? {
        SettingForm.count(value).map { $0 <= limit } == true ? nil : "expected \(expected)"
    }

    static func isMailAddress(_ value: String) -> Bool {
        let parts = value.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// Marks the owner's bad values in the table, and takes the mark off those that are good by now.
    static func mark(in database: Database) throws {
        for row in try database.settings.list() {
            let found = row.ownValue.flatMap { problem(of: $0, for: row.name) }
            if found != row.problem { try database.settings.setProblem(found, name: row.name) }
        }
    }
}
