import Model

/// The rows of `wa_settings` that this program obeys. A value that cannot be read counts as not given: a typing error must not stop the API.
struct OwnerSettings: Sendable {
    /// How long a process may work with what it read; a change has to take effect within five seconds.
    static let lifetimeMilliseconds: Int64 = 3_000

    /// Requests per 15 minutes, 0 = unlimited.
    let generalLimit: Int
    /// Requests per minute, 0 = unlimited.
    let sendLimit: Int
    /// Numbers an hour that WhatsApp may be asked for, 0 = unlimited.
    let checksPerHour: Int
    /// Minutes east of UTC at whose midnight the daily counter begins anew.
    let offsetMinutes: Int64
    /// Origins (`https://shop.example`) that may call from a browser; `*` for all.
    let corsOrigins: [String]
    /// Digits of the country code for numbers with a leading 0.
    let defaultCountry: String?
    /// Recipients of one bulk.
    let bulkRecipients: Int
    /// Milliseconds between the messages of a bulk, where the request names none.
    let bulkPace: Int64
    /// The daemon comes and goes; messages wait for its next visit.
    let daemonComesByCron: Bool
    /// Bytes of a file to be sent.
    let mediaBytes: Int64

    /// - Parameter values: by name; the defaults where the owner gave none.
    init(_ values: [String: String]) {
        generalLimit = values["limits.general"].flatMap(SettingForm.count) ?? Limits.generalRequests
        sendLimit = values["limits.send"].flatMap(SettingForm.count) ?? Limits.sendRequests
        checksPerHour = values["limits.checks"].flatMap(SettingForm.count) ?? Limits.checksPerHour
        offsetMinutes = values["time.offset"].flatMap(SettingForm.offsetMinutes) ?? 0
        corsOrigins = values["cors.origins"].flatMap(SettingForm.origins) ?? []
        let country = values["numbers.default_country"].flatMap(SettingForm.country) ?? ""
        defaultCountry = country.isEmpty ? nil : country
        let recipients = values["bulk.max_recipients"].flatMap(SettingForm.count) ?? 0
        bulkRecipients = (1...Limits.mostBulkRecipients).contains(recipients) ? recipients : Limits.bulkRecipients
        let pace = values["bulk.pace_ms"].flatMap(SettingForm.count).map(Int64.init) ?? -1
        daemonComesByCron = values["daemon.mode"] == "cron"
        mediaBytes = values["media.max_bytes"].flatMap(SettingForm.count).map(Int64.init) ?? Limits.mediaBytes
        bulkPace = Limits.bulkPaces.contains(pace) ? pace : Limits.bulkPaceMilliseconds
    }

    /// The owner's date: `2026-03-01`.
    func date(of now: Timestamp) -> String { String(now.adding(milliseconds: offsetMinutes * 60_000).iso8601.prefix(10)) }

    /// The owner's next midnight, at most a day away.
    func nextMidnight(after now: Timestamp) -> Timestamp {
        let local = now.seconds + offsetMinutes * 60
        let sinceMidnight = ((local % 86_400) + 86_400) % 86_400
        return Timestamp(seconds: now.seconds + 86_400 - sinceMidnight)
    }
}
