import FoundationEssentials

/// A request to the control interface, with path and query taken apart.
struct ControlRequest: Sendable {
    let method: String
    let path: [String]
    let query: [String: String]
    let body: [UInt8]

    /// - Parameter target: the request target of HTTP, `/phones/1/messages?after=3`.
    init(method: String, target: String, body: [UInt8]) {
        self.method = method
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = (parts.first ?? "").split(separator: "/").map(Self.decoded)
        var query: [String: String] = [:]
        for pair in parts.count > 1 ? parts[1].split(separator: "&") : [] {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            query[Self.decoded(sides[0])] = sides.count > 1 ? Self.decoded(sides[1]) : ""
        }
        self.query = query
        self.body = body
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws(ControlError) -> Value {
        do { return try JSONDecoder().decode(type, from: Data(body)) } catch {
            throw .badRequest("the body is not the JSON object that is wanted here")
        }
    }

    /// A query parameter that counts something; 0 where it is missing.
    func number(_ name: String) throws(ControlError) -> Int64 {
        guard let text = query[name] else { return 0 }
        guard let value = Int64(text), value >= 0 else { throw .badRequest("\(name) is no number") }
        return value
    }

    /// Percent escapes resolved; what is none stays as it is.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// An answer of the control interface: always JSON.
struct ControlResponse: Sendable, Equatable {
    let status: Int
    let body: [UInt8]

    init(_ value: some Encodable, status: Int = 200) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = (try? encoder.encode(value)) ?? Data("{}".utf8)
        self.status = status
        body = Array(data) + [0x0A]
    }

    init(_ error: ControlError) {
        struct Failure: Encodable {
            struct Detail: Encodable { let code, message: String }
            let error: Detail
        }
        let (status, code, message) =
            switch error {
            case .badRequest(let text): (400, "bad_request", text)
            case .notFound(let text): (404, "not_found", text)
            case .conflict(let text): (409, "refused", text)
            case .timeout(let text): (504, "timeout", text)
            case .methodNotAllowed: (405, "method_not_allowed", "this path has no such method")
            }
        self.init(Failure(error: Failure.Detail(code: code, message: message)), status: status)
    }
}
