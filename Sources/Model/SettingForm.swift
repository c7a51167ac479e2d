/// The forms of values in `wa_settings`; each reader gives nil for what is not of its form.
package enum SettingForm {
    /// A whole number from 0 on.
    package static func count(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }

    /// Minutes east of UTC: `+04:00`, `-03:30`, at most 14 hours.
    package static func offsetMinutes(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
            let hours = count(String(decoding: bytes[1...2], as: UTF8.self)), hours <= 14,
            let minutes = count(String(decoding: bytes[4...5], as: UTF8.self)), minutes < 60
        else { return nil }
        return (bytes[0] == UInt8(ascii: "-") ? -1 : 1) * Int64(hours * 60 + minutes)
    }

    /// Digits of a country code, with or without the plus sign; empty for none.
    package static func country(_ text: String) -> String? {
        let digits = text.filter { $0 != "+" && $0 != " " }
        if digits.isEmpty { return "" }
        let isCountry = digits.utf8.count <= 3 && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } && !digits.hasPrefix("0")
        return isCountry ? digits : nil
    }

    /// Origins such as `https://shop.example`, separated by commas or blanks; `*` for all.
    package static func origins(_ text: String) -> [String]? {
        let words = OwnerList.words(text)
        return words.allSatisfy(isOrigin) ? words : nil
    }

    private static func isOrigin(_ word: String) -> Bool {
        if word == "*" { return true }
        guard let scheme = ["https://", "http://"].first(where: word.hasPrefix) else { return false }
        let host = word.dropFirst(scheme.count)
        return !host.isEmpty && !host.contains("/")
    }
}
