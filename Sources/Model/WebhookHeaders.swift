/// Headers that an owner adds to the requests of a webhook, such as the token of a gateway. Checked, so that none can end the header block, begin another
/// request, or stand in for one of ours.
package struct WebhookHeaders: Sendable, Equatable {
    package struct Header: Sendable, Equatable {
        package let name: String
        package let value: String
    }
    package let headers: [Header]

    package static let limit = 20
    static let nameBytes = 64
    static let valueBytes = 1_000
    /// Bytes of all of them in the column `wa_webhooks.headers`.
    static let bytes = 2_000
    package static let expected =
        "at most \(limit) headers such as {\"Authorization\": \"Bearer abc\"}, \(bytes) bytes in all, with visible ASCII characters"

    /// Reads lines of `Name: value`, as typed into a row; lines that are no allowed header are left out.
    package init(parsing text: String?) {
        var headers: [Header] = []
        for line in (text ?? "").split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":"), headers.count < Self.limit else { continue }
            let header = Header(name: Self.trimmed(line[..<colon]), value: Self.trimmed(line[line.index(after: colon)...]))
            if Self.isAllowed(header), !headers.contains(where: { $0.name.lowercased() == header.name.lowercased() }) { headers.append(header) }
        }
        self.headers = headers
    }

    /// - Throws: a ``FieldError`` that names the header.
    package init(_ fields: [JSONMember], field: String = "headers") throws(FieldError) {
        var headers: [Header] = []
        for member in fields {
            guard case .string(let value) = member.value else { throw FieldError("\(field).\(member.key)", .wrongType, expected: "a text") }
            let header = Header(name: Self.trimmed(member.key[...]), value: Self.trimmed(value[...]))
            guard !Self.isReserved(header.name) else {
                throw FieldError("\(field).\(header.name)", .badValue, expected: "another name: WA-Connect sets this header itself")
            }
            guard Self.isAllowed(header) else { throw FieldError("\(field).\(member.key)", .badValue, expected: Self.expected) }
            headers.append(header)
        }
        self.headers = headers
        guard headers.count <= Self.limit, text.utf8.count <= Self.bytes,
            Set(headers.map { $0.name.lowercased() }).count == headers.count
        else { throw FieldError(field, .badValue, expected: Self.expected) }
    }

    /// As the column holds it.
    package var text: String { headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n") }

    private static func trimmed(_ text: Substring) -> String {
        let rest = text.drop { $0 == " " || $0 == "\t" }
        guard let end = rest.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(rest[...end])
    }

    private static func isAllowed(_ header: Header) -> Bool {
        !header.name.isEmpty && header.name.utf8.count <= nameBytes && header.name.utf8.allSatisfy(isTokenByte) && !isReserved(header.name)
            && header.value.utf8.count <= valueBytes && header.value.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x09 }
    }

    /// Characters of a header's name (RFC 9110, 5.6.2).
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// Ours, and those that say where the request goes and how its body is told from the next one.
    private static func isReserved(_ name: String) -> Bool {
        let name = name.lowercased()
        let reserved: Set = [
            "host", "content-length", "content-type", "content-encoding", "transfer-encoding", "connection", "keep-alive", "user-agent",
            "expect", "te", "trailer", "upgrade", "date",
        ]
        return reserved.contains(name) || ["x-webhook-", "webhook-", "proxy-"].contains { name.hasPrefix($0) }
    }
}
