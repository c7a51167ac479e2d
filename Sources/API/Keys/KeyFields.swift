import Model

/// The fields of `POST keys`, checked.
struct KeyFields {
    let name: String
    /// As the column holds them; nil is the default, all.
    let permissions: String?
    let dailyLimit: Int64?
    let generalLimit: Int64?
    let sendLimit: Int64?
    let dailyMessages: Int64?
    let expiresAt: Timestamp?
    let allowedIPs: String?
    let session: String?

    init(_ fields: Fields) throws(FieldError) {
        name = try fields.text("name", limit: 100, expected: "what the key is for, 1 to 100 characters")
        permissions = try Self.words("permissions", fields, expected: Self.permissionWords) { PermissionSet.knows($0) }
        allowedIPs = try Self.words("allowed_ips", fields, expected: "IP addresses or networks such as 192.0.2.0/24") { AddressRange($0) != nil }
        let range: ClosedRange<Int64> = 0...1_000_000_000
        dailyLimit = try fields.optionalInteger("daily_limit", in: range)
        generalLimit = try fields.optionalInteger("general_limit", in: range)
        sendLimit = try fields.optionalInteger("send_limit", in: range)
        dailyMessages = try fields.optionalInteger("daily_messages", in: range)
        expiresAt = try Self.moment(fields)
        session = try fields.optionalText("session", limit: 64, expected: "the name of a session")
    }

    private static let permissionWords = "permissions among \(Permission.allCases.map(\.rawValue).joined(separator: ", "))"

    /// A list, or a text with commas; nil where there is none.
    private static func words(
        _ name: String, _ fields: Fields, expected: String, _ isGood: (String) -> Bool
    ) throws(FieldError) -> String? {
        var words: [String] = []
        switch fields[name] {
        case .string(let text)?: words = OwnerList.words(text)
        default:
            for value in try fields.optionalList(name, expected: expected) ?? [] {
                guard case .string(let word) = value else { throw FieldError(name, .wrongType, expected: expected) }
                words.append(word)
            }
        }
        guard !words.isEmpty else {
            guard fields[name] == nil || fields[name] == "" else { throw FieldError(name, .empty, expected: expected) }
            return nil
        }
        guard words.allSatisfy(isGood) else { throw FieldError(name, .badValue, expected: expected) }
        let text = words.joined(separator: ",")
        // The shorter of the two columns.
        guard text.utf8.count <= 255 else { throw FieldError(name, .tooLong(limit: 255, unit: "characters"), expected: expected) }
        return text
    }

    private static func moment(_ fields: Fields) throws(FieldError) -> Timestamp? {
        let expected = "a date or time in UTC such as 2027-12-31 or 2027-12-31T18:00:00Z, before the year 10000"
        guard let text = try fields.optionalText("expires_at", limit: 40, expected: expected), !text.isEmpty else { return nil }
        // A date is meant with its whole day.
        guard let moment = Timestamp(parsing: text.utf8.count == 10 ? text + " 23:59:59" : text),
            moment.milliseconds >= 0, moment.milliseconds < 253_402_300_800_000
        else { throw FieldError("expires_at", .badValue, expected: expected) }
        return moment
    }
}
