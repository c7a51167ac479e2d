import API

/// The variables of CGI (RFC 3875) and FastCGI, from which a request is read.
struct GatewayVariables {
    private var values: [String: String] = [:]

    /// - Parameter list: `NAME=value` strings, ending with nil.
    init(_ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
        var next = list
        while let current = next, let entry = current.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") { values[String(text[..<equals])] = String(text[text.index(after: equals)...]) }
            next = current + 1
        }
    }

    var method: String? { values["REQUEST_METHOD"] }

    /// nil where the web server gave none (chunked uploads).
    var contentLength: Int? { values["CONTENT_LENGTH"].flatMap(Int.init) }

    /// Such a body may hold a file.
    var isMultipart: Bool {
        values["CONTENT_TYPE"].map { $0.drop { $0 == " " }.prefix(19).lowercased() == "multipart/form-data" } ?? false
    }

    func request(body: Request.Body, started: Deadline.Instant) -> Request {
        var headers: [String: String] = [:]
        for (name, value) in values where name.hasPrefix("HTTP_") { headers[Self.header(name.dropFirst(5))] = value }
        headers["content-type"] = values["CONTENT_TYPE"]
        return Request(
            method: method ?? "GET", target: values["REQUEST_URI"] ?? "/", headers: headers, body: body,
            peerAddress: values["REMOTE_ADDR"] ?? "", started: started)
    }

    /// `X_API_KEY` → `x-api-key`.
    private static func header(_ name: Substring) -> String {
        String(name.lowercased().map { $0 == "_" ? "-" : $0 })
    }
}
