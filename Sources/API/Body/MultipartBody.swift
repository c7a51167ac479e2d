package import Model

/// `multipart/form-data` (RFC 7578) that is held in memory; the parts' fields, file parts not yet among them.
package enum MultipartBody {
    /// Parts, files included.
    static let partLimit = 1_000

    /// - Parameter boundary: from the header, without the leading dashes.
    /// - Throws: ``Problem`` 400 where the parts are not as the RFC has them.
    package static func fields(_ body: [UInt8], boundary: String) throws(Problem) -> Fields {
        let delimiter = Array("--\(boundary)".utf8)
        var form = FormFields()
        var rest = body[...]
        guard let first = position(of: delimiter, in: rest) else {
            throw .badBody("the multipart boundary of the header is not in the body")
        }
        rest = rest[(first + delimiter.count)...]
        let next = [0x0D, 0x0A] + delimiter
        for _ in 0..<partLimit {
            if rest.starts(with: "--".utf8) { return form.fields }
            guard rest.starts(with: [0x0D, 0x0A]), let end = position(of: next, in: rest.dropFirst(2)) else {
                throw .badBody("the multipart body ends too early")
            }
            try add(rest[(rest.startIndex + 2)..<end], to: &form)
            rest = rest[(end + next.count)...]
        }
        throw .badBody("the multipart body has more than \(partLimit) parts")
    }

    private static func add(_ part: ArraySlice<UInt8>, to form: inout FormFields) throws(Problem) {
        guard let gap = position(of: [0x0D, 0x0A, 0x0D, 0x0A], in: part) else { throw .badBody("a multipart part has no header") }
        let header = String(decoding: part[..<gap], as: UTF8.self)
        guard let disposition = ContentHeader(named: "content-disposition", in: header), let name = disposition.parameters["name"] else {
            throw .badBody("a multipart part has no name")
        }
        if disposition.parameters["filename"] != nil { return }
        try form.add(Array(name.utf8), Array(part[(gap + 4)...]), place: "the body")
    }

    private static func position(of pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = pattern.first, bytes.count >= pattern.count else { return nil }
        var from = bytes.startIndex
        let last = bytes.endIndex - pattern.count
        while from <= last, let candidate = bytes[from...last].firstIndex(of: first) {
            if bytes[candidate..<(candidate + pattern.count)].elementsEqual(pattern) { return candidate }
            from = candidate + 1
        }
        return nil
    }
}
