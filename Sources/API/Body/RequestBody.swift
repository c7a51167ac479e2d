package import Model

/// Turns a request's body into fields, as PHP and others send it.
package enum RequestBody {
    /// What begins with `{` is JSON whatever the header says; otherwise the header decides. An empty body has no fields.
    /// - Throws: ``Problem`` 400, 413 or 415.
    package static func fields(of request: Request) throws(Problem) -> Fields {
        let body: [UInt8]
        switch request.body {
        case .tooLarge: throw .bodyTooLarge
        case .incomplete: throw .badBody("the body is incomplete: it ended before its Content-Length, or took too long")
        case .notWaitedFor: throw .busy
        case .bytes(let bytes): body = bytes
        }
        guard body.count <= Limits.bodyBytes else { throw .bodyTooLarge }
        let text = body.starts(with: [0xEF, 0xBB, 0xBF]) ? body.dropFirst(3) : body[...]
        guard let first = text.first(where: { $0 > 0x20 }) else { return .none }
        if first == UInt8(ascii: "{") { return try json(body) }
        let type = ContentHeader(request.headers["content-type"] ?? "")
        switch type.value {
        case "application/x-www-form-urlencoded": return try FormBody.fields(body, place: "the body")
        case "multipart/form-data":
            guard let boundary = type.parameters["boundary"], !boundary.isEmpty, boundary.utf8.count <= 200 else {
                throw .badBody("Content-Type multipart/form-data has no boundary")
            }
            return try MultipartBody.fields(body, boundary: boundary)
        case let value where value == "application/json" || value.hasSuffix("+json"): return try json(body)
        default: throw .unsupportedBody(type.value)
        }
    }

    private static func json(_ body: [UInt8]) throws(Problem) -> Fields {
        do {
            guard case .object(let members) = try JSONParser.parse(body) else {
                throw Problem.badBody("the body is not a JSON object; expected {\"field\": value, ...}")
            }
            return Fields(members)
        } catch let error as JSONError {
            throw .badBody("the body is not JSON: \(error)")
        } catch let problem as Problem {
            throw problem
        } catch {
            throw .badBody("the body is not JSON")
        }
    }
}
