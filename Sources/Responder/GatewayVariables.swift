import API
import Glibc

/// The variables of CGI (RFC 3875) and FastCGI, from which a request is read.
struct GatewayVariables {
    /// Lower-case names with dashes.
    private var headers = [String: String](minimumCapacity: 16)
    private(set) var method: String?
    private var target: String?
    private var peer: String?
    private var contentType: String?
    /// nil where the web server gave none (chunked uploads).
    private(set) var contentLength: Int?

    /// - Parameter list: `NAME=value` strings, ending with nil.
    init(_ list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
        var next = list
        while let current = next, let entry = current.pointee {
            next = current + 1
            take(entry)
        }
    }

    /// Web servers hand over two dozen; five of them and the headers matter.
    private mutating func take(_ entry: UnsafeMutablePointer<CChar>) {
        switch UInt8(bitPattern: entry.pointee) {
        case UInt8(ascii: "H"):
            guard strncmp(entry, "HTTP_", 5) == 0, let equals = strchr(entry, Int32(UInt8(ascii: "="))) else { return }
            let name = UnsafeRawBufferPointer(start: entry + 5, count: equals - (entry + 5))
            headers[Self.header(name)] = String(cString: equals + 1)
        case UInt8(ascii: "R"):
            if let value = Self.value("REQUEST_METHOD=", entry) {
                method = value
            } else if let value = Self.value("REQUEST_URI=", entry) {
                target = value
            } else if let value = Self.value("REMOTE_ADDR=", entry) {
                peer = value
            }
        case UInt8(ascii: "C"):
            if let value = Self.value("CONTENT_TYPE=", entry) {
                contentType = value
            } else if let value = Self.value("CONTENT_LENGTH=", entry) {
                contentLength = Int(value)
            }
        default: break
        }
    }

    /// What stands behind `beginning`; nil where the entry begins in another way.
    private static func value(_ beginning: StaticString, _ entry: UnsafePointer<CChar>) -> String? {
        let length = beginning.utf8CodeUnitCount
        return strncmp(entry, beginning.utf8Start, length) == 0 ? String(cString: entry + length) : nil
    }

    /// Only requests that have a body may be read from: some servers leave the descriptor open for ever.
    var hasBody: Bool { contentLength != nil || method == "POST" }

    /// Such a body may hold a file.
    var isMultipart: Bool { contentType.map { $0.drop { $0 == " " }.prefix(19).lowercased() == "multipart/form-data" } ?? false }

    func request(body: Request.Body, started: Deadline.Instant) -> Request {
        var headers = headers
        headers["content-type"] = contentType
        return Request(
            method: method ?? "GET", target: target ?? "/", headers: headers, body: body, peerAddress: peer ?? "", started: started)
    }

    /// `X_API_KEY` → `x-api-key`.
    private static func header(_ name: UnsafeRawBufferPointer) -> String {
        String(unsafeUninitializedCapacity: name.count) { text in
            for index in name.indices {
                switch name[index] {
                case UInt8(ascii: "_"): text[index] = UInt8(ascii: "-")
                case let letter where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter): text[index] = letter | 0x20
                case let other: text[index] = other
                }
            }
            return name.count
        }
    }
}
