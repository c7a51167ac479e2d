/// A moment in UTC, in whole milliseconds since 1970. The database, the API and the events all use this precision.
package struct Timestamp: Hashable, Comparable, Sendable {
    package var milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
    /// Beyond what milliseconds can say, the nearest moment that they can.
    package init(seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        milliseconds = overflow ? (seconds < 0 ? .min : .max) : product
    }

    /// Whole seconds since 1970, rounded down.
    package var seconds: Int64 { Self.floor(milliseconds, 1_000) }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    package func adding(milliseconds delta: Int64) -> Timestamp {
        let (sum, overflow) = milliseconds.addingReportingOverflow(delta)
        return Timestamp(milliseconds: overflow ? (delta < 0 ? .min : .max) : sum)
    }

    /// Can a `DATETIME` column hold it? Those end with the year 9999, and nothing of ours is older than 1970.
    package var isStorable: Bool { (0...253_402_300_799_999).contains(milliseconds) }

    private static func floor(_ value: Int64, _ unit: Int64) -> Int64 { value / unit - (value % unit < 0 ? 1 : 0) }

    /// `2026-02-27T10:00:00.000Z`, the form of the API.
    package var iso8601: String { text(separator: "T", suffix: "Z") }
    /// `2026-02-27 10:00:00.000`, the form of a `DATETIME(3)` column.
    package var sql: String { text(separator: " ", suffix: nil) }

    /// Reads `YYYY-MM-DD[T ]HH:MM:SS[.fraction][Z]`; nil for anything else, for dates that do not exist and for offsets other than `Z`.
    package init?(parsing text: some StringProtocol) {
        var digits = Array(text.utf8)
        if digits.last == UInt8(ascii: "Z") { digits.removeLast() }
        guard digits.count >= 19, digits[4] == UInt8(ascii: "-"), digits[7] == UInt8(ascii: "-"),
            digits[10] == UInt8(ascii: "T") || digits[10] == UInt8(ascii: " "),
            digits[13] == UInt8(ascii: ":"), digits[16] == UInt8(ascii: ":")
        else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for byte in digits[range] {
                guard byte >= 0x30, byte <= 0x39 else { return nil }
                value = value * 10 + Int64(byte - 0x30)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
        else { return nil }
        var fraction: Int64 = 0
        if digits.count > 19 {
            guard digits[19] == UInt8(ascii: "."), digits.count > 20, digits.count <= 29 else { return nil }
            guard number(20..<digits.count) != nil else { return nil }
            for index in 20..<23 { fraction = fraction * 10 + (index < digits.count ? Int64(digits[index] - 0x30) : 0) }
        }
        self.init(year: year, month: month, day: day, hour: hour, minute: minute, second: second, millisecond: fraction)
    }

    /// nil for dates and times that do not exist.
    package init?(year: Int64, month: Int64, day: Int64, hour: Int64, minute: Int64, second: Int64, millisecond: Int64) {
        guard (0...9_999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year), (0..<24).contains(hour),
            (0..<60).contains(minute), (0..<60).contains(second), (0..<1_000).contains(millisecond)
        else { return nil }
        let total = Self.daysSince1970(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60 + second
        self.init(milliseconds: total * 1_000 + millisecond)
    }

    private func text(separator: Unicode.Scalar, suffix: Unicode.Scalar?) -> String {
        let days = Self.floor(milliseconds, 86_400_000)
        let rest = (milliseconds % 86_400_000 + 86_400_000) % 86_400_000
        let (year, month, day) = Self.date(daysSince1970: days)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        func put(_ value: Int64, from unit: Int64 = 10, then mark: Unicode.Scalar?) {
            var unit = unit
            while unit > 0 {
                text.append(UInt8(ascii: "0") + UInt8(value / unit % 10))
                unit /= 10
            }
            if let mark { text.append(UInt8(ascii: mark)) }
        }
        if (0...9_999).contains(year) { put(year, from: 1_000, then: "-") } else { text += "\(year)-".utf8 }
        put(month, then: "-")
        put(day, then: separator)
        put(rest / 3_600_000, then: ":")
        put(rest / 60_000 % 60, then: ":")
        put(rest / 1_000 % 60, then: ".")
        put(rest % 1_000, from: 100, then: suffix)
        return String(decoding: text, as: UTF8.self)
    }

    private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // Civil calendar from day counts and back: the era method, counting years from March (H. Hinnant, "chrono-compatible date algorithms").
    private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func date(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}
