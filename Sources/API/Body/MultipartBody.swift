import Model

/// `multipart/form-data` (RFC 7578) that is held in memory: the parts' fields, without files.
enum MultipartBody {
    /// - Parameter boundary: from the header, without the leading dashes.
    /// - Throws: ``Problem`` 400 where the parts are not as the RFC has them.
    static func fields(_ body: [UInt8], boundary: String) throws -> Fields {
        var parser = MultipartParser(boundary: boundary)
        var parts = MultipartParts(file: nil)
        try parser.take(body[...]) { try parts.take($0) }
        try parser.finish()
        return parts.fields
    }

    /// - Throws: ``Problem`` 400 where there is none.
    static func boundary(_ type: ContentHeader) throws(Problem) -> String {
        guard let boundary = type.parameters["boundary"], !boundary.isEmpty, boundary.utf8.count <= 200 else {
            throw .badBody("Content-Type multipart/form-data has no boundary")
        }
        return boundary
    }
}

/// Sorts the parts of a multipart body as they come: fields into memory, the file to where it is kept.
struct MultipartParts {
    /// Where the file goes.
    typealias Keep = (ArraySlice<UInt8>) throws -> Void

    private enum Part {
        case none
        case field(name: String, value: [UInt8])
        case file
        /// A file that nobody asked for.
        case ignored
    }
    private var part = Part.none
    private var form = FormFields()
    private var fieldBytes = 0
    private let keep: Keep?
    /// As the part called `file` names it, and what it says it is.
    private(set) var fileName: String?
    private(set) var fileType: String?
    private(set) var hasFile = false

    /// - Parameter file: takes the content of the part called `file`; nil where none is wanted.
    init(file: Keep?) { keep = file }

    var fields: Fields { form.fields }

    /// - Throws: ``Problem`` 400, and what the taker of the file throws.
    mutating func take(_ event: MultipartParser.Event) throws {
        switch event {
        case .part(let header): part = try begin(header)
        case .content(let bytes): try take(bytes)
        case .partEnd:
            if case .field(let name, let value) = part { try form.add(Array(name.utf8), value, place: "the body") }
            part = .none
        }
    }

    private mutating func begin(_ header: String) throws(Problem) -> Part {
        guard let disposition = ContentHeader(named: "content-disposition", in: header), let name = disposition.parameters["name"] else {
            throw .badBody("a multipart part has no name")
        }
        guard form.count < FormBody.fieldLimit else { throw .badBody("the body has more than \(FormBody.fieldLimit) fields") }
        let isFile = disposition.parameters["filename"] != nil || (keep != nil && name == "file")
        guard isFile else { return .field(name: name, value: []) }
        guard keep != nil, name == "file" else { return .ignored }
        guard !hasFile else { throw .badBody("the body has more than one `file`") }
        hasFile = true
        // Browsers write quotes in names so (HTML, multipart/form-data encoding).
        fileName = disposition.parameters["filename"].map { $0.split(separator: "%22", omittingEmptySubsequences: false).joined(separator: "\"") }
        fileType = ContentHeader(named: "content-type", in: header)?.value
        return .file
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>) throws {
        switch part {
        case .file: try keep?(bytes)
        case .ignored, .none: break
        case .field(let name, var value):
            fieldBytes += bytes.count
            guard fieldBytes <= Limits.bodyBytes else { throw Problem.bodyTooLarge }
            part = .none
            value += bytes
            part = .field(name: name, value: value)
        }
    }
}
