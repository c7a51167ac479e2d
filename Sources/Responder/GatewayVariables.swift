import API
import Glibc

/// The variables of CGI (RFC 3875) and FastCGI, from which a request is read.
struct GatewayVariables {
    /// Lower-case names with dashes.
    private var headers: [String: String] = [:]
    private var values: [String: String] = [:]

    /// What is read of the two dozen that web servers hand over.
    private static let names: Set<String> = ["REQUEST_METHOD", "REQUEST_URI", "CONTENT_LENGTH", "CONTENT_TYPE", "REMOTE_ADDR"]

    /// - Parameter list: `NAME=value` strings, ending with nil.
    init(_ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
        headers.reserveCapacity(16)
        var next = list
        while let current = next, let entry = current.pointee {
            next = current + 1
            guard let equals = strchr(entry, Int32(UInt8(ascii: "="))) else { continue }
            let name = UnsafeRawBufferPointer(start: entry, count: equals - entry)
            if name.starts(with: "HTTP_".utf8) {
                headers[Self.header(name.dropFirst(5))] = String(cString: equals + 1)
            } else if case let name = String(decoding: name, as: UTF8.self), Self.names.contains(name) {
                values[name] = String(cString: equals + 1)
            }
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
        var headers = headers
        headers["content-type"] = values["CONTENT_TYPE"]
        return Request(
            method: method ?? "GET", target: values["REQUEST_URI"] ?? "/", headers: headers, body: body,
            peerAddress: values["REMOTE_ADDR"] ?? "", started: started)
    }

    /// `X_API_KEY` → `x-api-key`.
    private static func header(_ name: Slice<UnsafeRawBufferPointer>) -> String {
        String(decoding: name.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : lowercased($0) }, as: UTF8.self)
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte }
}
