import Model

/// The rows of `wa_settings` that this program obeys. A value that cannot be read counts as not given: a typing error must not stop the API.
struct OwnerSettings: Sendable {
    /// How long a process may work with what it read; a change has to take effect within five seconds.
    static let lifetimeMilliseconds: Int64 = 3_000

    /// Requests per 15 minutes, 0 = unlimited.
    let generalLimit: Int
    /// Requests per minute, 0 = unlimited.
    let sendLimit: Int
    /// Minutes east of UTC at whose midnight the daily counter begins anew.
    let offsetMinutes: Int64
    /// Origins (`https://shop.example`) that may call from a browser; `*` for all.
    let corsOrigins: [String]
    /// Digits of the country code for numbers with a leading 0.
    let defaultCountry: String?

    /// - Parameter values: by name; the defaults where the owner gave none.
    init(_ values: [String: String]) {
        generalLimit = Self.count(values["limits.general"]) ?? Limits.generalRequests
        sendLimit = Self.count(values["limits.send"]) ?? Limits.sendRequests
        offsetMinutes = Self.offset(values["time.offset"] ?? "") ?? 0
        corsOrigins = Self.words(values["cors.origins"] ?? "")
        let country = (values["numbers.default_country"] ?? "").filter { $0 != "+" && $0 != " " }
        let isCountry = (1...3).contains(country.utf8.count) && country.utf8.allSatisfy { (0x30...0x39).contains($0) }
        defaultCountry = isCountry && !country.hasPrefix("0") ? country : nil
    }

    private static func count(_ text: String?) -> Int? {
        guard let text, let number = Int(text), number >= 0 else { return nil }
        return number
    }

    static func words(_ text: String) -> [String] {
        text.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isWhitespace }).map(String.init)
    }

    /// `+04:00`, `-03:30`, at most 14 hours.
    private static func offset(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            let hours = Int64(String(decoding: bytes[1...2], as: UTF8.self)), hours >= 0, hours <= 14,
            let minutes = Int64(String(decoding: bytes[4...5], as: UTF8.self)), minutes >= 0, minutes < 60
        else { return nil }
        return (bytes[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
    }

    /// The owner's next midnight, at most a day away.
    func nextMidnight(after now: Timestamp) -> Timestamp {
        let local = now.seconds + offsetMinutes * 60
        let sinceMidnight = ((local % 86_400) + 86_400) % 86_400
        return Timestamp(seconds: now.seconds + 86_400 - sinceMidnight)
    }
}
