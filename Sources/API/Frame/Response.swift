import Model

/// A complete answer.
package struct Response {
    package enum Body {
        case bytes([UInt8])
        case stream(BodyStream)

        /// nil where it is not known before the end.
        package var length: Int64? {
            switch self {
            case .bytes(let bytes): Int64(bytes.count)
            case .stream(let stream): stream.length
            }
        }
    }
    package let status: Int
    package let requestID: String
    package var headers: [(name: String, value: String)]
    package var body: Body

    /// Every answer forbids storing: proxies in front of cPanel otherwise serve one key's answer to another.
    init(status: Int, requestID: String) {
        self.status = status
        self.requestID = requestID
        headers = [("Cache-Control", "no-store"), ("X-Accel-Expires", "0"), ("X-Request-Id", requestID)]
        body = .bytes([])
    }

    init(_ success: Success, requestID: String) {
        self.init(status: success.status, requestID: requestID)
        var members = [JSONMember("success", true)]
        if let data = success.data { members.append(JSONMember("data", data)) }
        if let message = success.message { members.append(JSONMember("message", .string(message))) }
        setJSON(.object(members + success.extra))
    }

    init(_ problem: Problem, requestID: String) {
        self.init(status: problem.status, requestID: requestID)
        if let seconds = problem.retryAfter { headers.append(("Retry-After", String(max(1, seconds)))) }
        if let allow = problem.allow { headers.append(("Allow", allow)) }
        setJSON(
            .members([
                "success": false, "message": .string(problem.message), "error": .string(problem.error), "code": .string(problem.code),
                "request_id": .string(requestID),
            ]))
    }

    init(_ page: Page, requestID: String) {
        self.init(status: 200, requestID: requestID)
        headers += [("Content-Type", page.contentType)] + page.headers
        body = .bytes(Array(page.text.utf8))
    }

    init(_ download: Download, requestID: String) {
        self.init(status: download.status, requestID: requestID)
        headers += download.headers
        body = .stream(download.body)
    }

    private mutating func setJSON(_ value: JSONValue) {
        body = .bytes(CanonicalJSON.bytes(value))
        headers.append(("Content-Type", "application/json"))
    }

    /// The phrase behind the status (RFC 9110, 15); some web servers want one.
    package var reason: String {
        switch status {
        case 200: "OK"
        case 202: "Accepted"
        case 204: "No Content"
        case 206: "Partial Content"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 409: "Conflict"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 429: "Too Many Requests"
        case 503: "Service Unavailable"
        default: "Internal Server Error"
        }
    }

    package subscript(header name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
