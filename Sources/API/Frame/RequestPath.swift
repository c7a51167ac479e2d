package import Model

/// The part of a request's target behind `/v1/`, split and decoded, with its query.
package struct RequestPath: Sendable {
    /// Decoded segments without empty ones: `["messages", "log"]`.
    package let segments: [String]
    /// Fields of the query, textual.
    package let query: Fields

    /// Reads `REQUEST_URI`. Whatever stands before `/v1/` (`/api`, `/api/api.cgi`, a sub-directory) is the web server's affair.
    /// - Throws: ``Problem`` 404 without `/v1/`, 400 where a segment or field is not UTF-8.
    package init(target: String) throws(Problem) {
        let bytes = Array(target.utf8)
        let beforeFragment = bytes[..<(bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.endIndex)]
        let path = beforeFragment[..<(beforeFragment.firstIndex(of: UInt8(ascii: "?")) ?? beforeFragment.endIndex)]
        let raw = path.split(separator: UInt8(ascii: "/"))
        guard let version = raw.firstIndex(where: { $0.elementsEqual("v1".utf8) }) else { throw .unknownPath }
        var segments: [String] = []
        for segment in raw[raw.index(after: version)...] {
            let decoded = PercentCoding.decode(segment, plusIsBlank: false)
            guard let text = String(checkedUTF8: decoded.span), !decoded.contains(0) else { throw .badPath }
            segments.append(text)
        }
        self.segments = segments
        query = try FormBody.fields(beforeFragment.dropFirst(path.count + 1), place: "the query")
    }
}
