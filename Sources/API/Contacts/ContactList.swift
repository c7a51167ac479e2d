import Model
import Store

/// `GET contacts`, `GET contacts/search` and `GET contacts/:jid`.
enum ContactList {
    static let page: @Sendable (Call) throws -> Success = { call in
        let query = call.path.query
        let page = try PageRequest(query, usual: 50, most: Limits.contactPageSize)
        let filter = ContactFilter(kind: try kind(query), search: try searched(query["search"], "search", least: 0))
        let found = try call.database.contacts.page(page.page, limit: page.limit, filter: filter, session: call.key.sessionID)
        return Success(
            data: .members([
                "contacts": .array(found.rows.map(ContactView.listed)),
                "pagination": page.pagination(total: Int64(found.total)),
            ]), message: page.message)
    }

    static let search: @Sendable (Call) throws -> Success = { call in
        let query = call.path.query
        guard let text = try searched(query["q"], "q", least: 2) else { throw FieldError("q", .missing, expected: expected(least: 2)) }
        let found = try call.database.contacts.search(text, limit: Limits.searchResults, session: call.key.sessionID)
        return Success(data: .members(["contacts": .array(found.map(ContactView.found))]))
    }

    static let one: @Sendable (Call) throws -> Success = { call in
        // What can be nobody's address is nobody's contact.
        guard let jid = try? Recipient.jid(of: .text(call.parameters["jid"]), field: "jid", defaultCountry: call.settings.defaultCountry),
            let row = try call.database.contacts.find(ContactAddress(jid), session: call.key.sessionID)
        else { throw Problem.noSuchContact }
        return Success(data: ContactView.whole(row))
    }

    private static func kind(_ query: Fields) throws(FieldError) -> ContactFilter.Kind {
        let expected = "individual, group or all"
        guard let text = try query.optionalText("type", limit: 40, expected: expected), !text.isEmpty else { return .all }
        guard let kind = ContactFilter.Kind(rawValue: text) else { throw FieldError("type", .badValue, expected: expected) }
        return kind
    }

    private static func expected(least: Int) -> String {
        least > 0 ? "at least \(least) characters of a name or phone number" : "part of a name or phone number"
    }

    /// - Parameter least: characters that must be there, blanks at the ends aside; without a least a text may be empty, which looks for nothing.
    private static func searched(_ value: JSONValue?, _ field: String, least: Int) throws(FieldError) -> String? {
        guard let value else { return nil }
        guard case .string(let text) = value else { throw FieldError(field, .wrongType, expected: expected(least: least)) }
        guard text.unicodeScalars.count <= Limits.searchCharacters else {
            throw FieldError(field, .tooLong(limit: Limits.searchCharacters, unit: "characters"), expected: expected(least: least))
        }
        let scalars = text.unicodeScalars.drop { $0.properties.isWhitespace }
        let trimmed = String(String.UnicodeScalarView(scalars.reversed().drop { $0.properties.isWhitespace }.reversed()))
        guard trimmed.count >= least, !trimmed.utf8.contains(0) else { throw FieldError(field, .badValue, expected: expected(least: least)) }
        return trimmed.isEmpty ? nil : trimmed
    }
}
