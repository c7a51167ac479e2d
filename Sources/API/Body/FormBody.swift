package import Model

/// `application/x-www-form-urlencoded` text: bodies as PHP's `http_build_query` and HTML forms send them, and queries.
package enum FormBody {
    /// PHP reads as many by default; nobody sends more by intent.
    static let fieldLimit = 1_000

    /// - Parameter place: where the text stood, for errors: `the body`, `the query`.
    /// - Throws: ``Problem`` 400 for more than ``fieldLimit`` fields and for text that is not UTF-8.
    package static func fields(_ text: some Collection<UInt8>, place: String) throws(Problem) -> Fields {
        guard !text.isEmpty else { return Fields([], textual: true) }
        var form = FormFields()
        for pair in text.split(separator: UInt8(ascii: "&"), maxSplits: fieldLimit) {
            guard form.count < fieldLimit else { throw .badBody("\(place) has more than \(fieldLimit) fields") }
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            let value = pair.dropFirst(name.count + 1)
            try form.add(
                PercentCoding.decode(name, plusIsBlank: true), PercentCoding.decode(value, plusIsBlank: true), place: place)
        }
        return form.fields
    }
}

/// Collects the fields of a form; `name[]` and `name[3]` become one list, as in PHP.
struct FormFields {
    private var members: [JSONMember] = []
    private var lists: [String: Int] = [:]
    private(set) var count = 0

    mutating func add(_ name: [UInt8], _ value: [UInt8], place: String) throws(Problem) {
        guard let name = String(checkedUTF8: name.span) else { throw .badBody("a field name in \(place) is not UTF-8") }
        guard let value = String(checkedUTF8: value.span) else { throw .badBody("`\(name)` in \(place) is not UTF-8") }
        count += 1
        guard let list = Self.listName(name) else {
            members.append(JSONMember(name, .string(value)))
            return
        }
        if let index = lists[list], case .array(var values) = members[index].value {
            values.append(.string(value))
            members[index] = JSONMember(list, .array(values))
        } else {
            lists[list] = members.count
            members.append(JSONMember(list, .array([.string(value)])))
        }
    }

    /// `recipients` for `recipients[]` and `recipients[12]`.
    private static func listName(_ name: String) -> String? {
        guard name.hasSuffix("]"), let open = name.lastIndex(of: "["), open > name.startIndex else { return nil }
        let index = name[name.index(after: open)...].dropLast()
        return index.utf8.allSatisfy { (0x30...0x39).contains($0) } ? String(name[..<open]) : nil
    }

    var fields: Fields { Fields(members, textual: true) }
}
