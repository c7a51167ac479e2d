import Model
import Store

/// The filters of `GET messages/log`.
struct LogQuery {
    let page: PageRequest
    let filter: MessageFilter
    /// False where the filters name a chat that there is not: then nothing matches.
    let canMatch: Bool

    init(_ call: Call) throws {
        let query = call.path.query
        page = try PageRequest(query, usual: 20, most: Limits.logPageSize)
        var filter = MessageFilter()
        filter.direction = try Self.word("direction", query)
        filter.type = try Self.word("type", query)
        filter.status = try Self.word("status", query)
        filter.sinceID = try query.optionalInteger("since_id", in: 0...Int64.max)
        filter.from = try Self.moment("from_date", query)
        // A day is meant as a whole: up to the next one's beginning.
        filter.to = try Self.moment("to_date", query, daysLater: 1)
        if let jid = query["jid"], jid != "" {
            let address = ContactAddress(try Recipient.jid(of: jid, field: "jid", defaultCountry: call.settings.defaultCountry))
            filter.contactID = try call.database.contacts.find(address, session: call.key.sessionID)?.id
            canMatch = filter.contactID != nil
        } else {
            canMatch = true
        }
        self.filter = filter
    }

    /// One of a few words; absent, empty and `all` are no filter.
    private static func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String, _ query: Fields) throws(FieldError) -> Word? {
        guard query[name] != nil else { return nil }
        let expected = (Word.allCases.map(\.rawValue) + ["all"]).joined(separator: ", ")
        guard let text = try query.optionalText(name, limit: 40, expected: expected), !text.isEmpty, text != "all" else { return nil }
        guard let word = Word(rawValue: text) else { throw FieldError(name, .badValue, expected: expected) }
        return word
    }

    /// - Parameter daysLater: added to a date without a time.
    private static func moment(_ name: String, _ query: Fields, daysLater: Int64 = 0) throws(FieldError) -> Timestamp? {
        let expected = "a UTC date or time such as 2026-02-27 or 2026-02-27T10:00:00Z"
        guard let text = try query.optionalText(name, limit: 40, expected: expected), !text.isEmpty else { return nil }
        var moment: Timestamp?
        if text.utf8.count == 10 {
            moment = Timestamp(parsing: text + "T00:00:00Z")?.adding(milliseconds: daysLater * 86_400_000)
        } else {
            moment = Timestamp(parsing: text)
        }
        guard let moment else { throw FieldError(name, .badValue, expected: expected) }
        // DATETIME ends with the year 9999, and nothing is older than 1970.
        return min(max(moment, Timestamp(milliseconds: 0)), Timestamp(milliseconds: 253_402_300_799_000))
    }
}
