package import Model

/// Turns a request's body into fields, as PHP and others send it.
package enum RequestBody {
    /// What begins with `{` is JSON whatever the header says; otherwise the header decides. An empty body has no fields.
    /// - Throws: ``Problem`` 400, 413 or 415.
    package static func fields(of request: Request) throws -> Fields {
        switch request.body {
        case .tooLarge: throw Problem.bodyTooLarge
        case .incomplete: throw Problem.bodyIncomplete
        case .notWaitedFor: throw Problem.busy
        case .bytes(let bytes): return try fields(bytes, request)
        case .arriving(let body):
            var request = request
            request.body = body.whole()
            // A body as a whole is never one that arrives.
            if case .arriving = request.body { throw Problem.bodyIncomplete }
            return try fields(of: request)
        }
    }

    static func fields(_ body: [UInt8], _ request: Request) throws -> Fields {
        guard body.count <= Limits.bodyBytes else { throw Problem.bodyTooLarge }
        let text = body.starts(with: [0xEF, 0xBB, 0xBF]) ? body.dropFirst(3) : body[...]
        guard let first = text.first(where: { $0 > 0x20 }) else { return .none }
        if first == UInt8(ascii: "{") { return try json(body) }
        let type = ContentHeader(request.headers["content-type"] ?? "")
        switch type.value {
        case "application/x-www-form-urlencoded": return try FormBody.fields(body, place: "the body")
        case "multipart/form-data":
            return try MultipartBody.fields(body, boundary: try MultipartBody.boundary(type))
        case let value where value == "application/json" || value.hasSuffix("+json"): return try json(body)
        default: throw Problem.unsupportedBody(type.value)
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
