import Model

/// The body of a call that takes a file: its fields, and the file wherever it stood, as the part `file` of a multipart body or as a `data:` URI.
/// A file by its address is left to the daemon.
struct FileBody {
    /// With the file's place among them; a caller's own word for it never counts.
    let fields: Fields
    let file: SpoolFile?

    /// - Parameter kind: of the call; nil where the fields say it.
    /// - Throws: ``Problem`` or ``FieldError``
    init(_ call: Call, kind: MediaKind?) throws {
        let limit = min(call.settings.mediaBytes, kind?.maximumBytes ?? .max)
        let reader = Reader(call: call, limit: limit)
        let (fields, sent) = try reader.read()
        let found = try sent ?? reader.dataFile(in: fields, kind.map { [$0] } ?? MediaKind.allCases)
        file = found?.file
        self.fields = Self.fields(fields, with: found, kind)
    }

    /// What the file's own place says of it counts where the fields say nothing.
    private static func fields(_ fields: Fields, with found: Found?, _ kind: MediaKind?) -> Fields {
        guard let found else { return fields.adding(OutgoingMedia.spoolField, .null) }
        var fields = fields.adding(OutgoingMedia.spoolField, .string(found.file.name))
        func isGiven(_ name: String) -> Bool { fields[name].map { $0 != "" } ?? false }
        if !isGiven("fileName"), let name = found.name.flatMap(FileName.clean) {
            fields = fields.adding("fileName", .string(String(String.UnicodeScalarView(name.unicodeScalars.suffix(Limits.nameCharacters)))))
        }
        if !isGiven("mimetype"), let type = found.type.flatMap(MediaTypeName.clean), type != "application/octet-stream" {
            fields = fields.adding("mimetype", .string(type))
        }
        return fields
    }

    /// A file with what its place in the request said of it.
    struct Found {
        let file: SpoolFile
        var name: String?
        var type: String?
    }
}

/// Reads bodies, files to the disk.
private struct Reader {
    let call: Call
    let limit: Int64

    func read() throws -> (Fields, FileBody.Found?) {
        guard case .arriving(let body) = call.request.body else {
            if case .bytes(let bytes) = call.request.body, let boundary = try boundary(beginning: bytes[...]) {
                return try multipart(boundary, first: bytes[...]) { nil }
            }
            return (try call.fields(), nil)
        }
        if let length = body.length, Int64(length) > limit + Limits.multipartFrameBytes + Int64(Limits.bodyBytes) {
            throw Problem.fileTooLarge("file", limit: limit)
        }
        let next: () throws -> ArraySlice<UInt8>? = { try bytes(body.next()) }
        guard let first = try next() else { return (try RequestBody.fields([], call.request), nil) }
        if let boundary = try boundary(beginning: first) { return try multipart(boundary, first: first, next) }
        var whole = Array(first)
        while let more = try next() {
            whole += more
            guard whole.count <= Limits.bodyBytes else { throw Problem.bodyTooLarge }
        }
        return (try RequestBody.fields(whole, call.request), nil)
    }

    /// nil at the end.
    private func bytes(_ piece: BodyPiece) throws -> ArraySlice<UInt8>? {
        switch piece {
        case .bytes(let bytes): return bytes
        case .ended: return nil
        case .incomplete: throw Problem.bodyIncomplete
        case .notWaitedFor: throw Problem.busy
        }
    }

    /// nil where the body is no multipart; what begins as JSON is JSON whatever the header says.
    private func boundary(beginning first: ArraySlice<UInt8>) throws -> String? {
        let type = ContentHeader(call.request.headers["content-type"] ?? "")
        guard type.value == "multipart/form-data", let start = first.first(where: { $0 > 0x20 }), start != UInt8(ascii: "{") else { return nil }
        return try MultipartBody.boundary(type)
    }

    private func multipart(
        _ boundary: String, first: ArraySlice<UInt8>, _ next: () throws -> ArraySlice<UInt8>?
    ) throws -> (Fields, FileBody.Found?) {
        var file: SpoolFile?
        var parser = MultipartParser(boundary: boundary)
        var parts = MultipartParts { bytes in
            let open = try file ?? SpoolFile(in: call.service.mediaDirectory, field: "file", limit: limit)
            file = open
            try open.write(bytes)
        }
        var total: Int64 = 0
        var piece: ArraySlice<UInt8>? = first
        while let bytes = piece {
            total += Int64(bytes.count)
            // Parts that nobody wants are not read for ever either.
            guard total <= limit + Limits.multipartFrameBytes + Int64(Limits.bodyBytes) else { throw Problem.fileTooLarge("file", limit: limit) }
            try parser.take(bytes) { try parts.take($0) }
            piece = try next()
        }
        try parser.finish()
        guard parts.hasFile else { return (parts.fields, nil) }
        guard let file else { throw Problem.emptyFile("file") }
        try file.finish()
        return (parts.fields, FileBody.Found(file: file, name: parts.fileName, type: parts.fileType))
    }

    /// The file of the first of these kinds that has one as a `data:` URI.
    func dataFile(in fields: Fields, _ kinds: [MediaKind]) throws -> FileBody.Found? {
        for kind in kinds {
            guard case .string(let text)? = fields[kind.field], MediaAddress.isData(text) else { continue }
            guard let uri = DataURI(text) else {
                throw FieldError(kind.field, .badValue, expected: "a data: URI with its file in base64, such as data:image/png;base64,iVBORw0KGgo=")
            }
            let file = try SpoolFile(in: call.service.mediaDirectory, field: kind.field, limit: min(limit, kind.maximumBytes))
            try file.write(uri.bytes[...])
            try file.finish()
            return FileBody.Found(file: file, type: uri.mimeType)
        }
        return nil
    }
}
