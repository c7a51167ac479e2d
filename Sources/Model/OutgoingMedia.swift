/// The kinds of file that can be sent.
package enum MediaKind: String, Sendable, CaseIterable {
    case image, video, audio, document

    package var messageType: MessageType {
        switch self {
        case .image: .image
        case .video: .video
        case .audio: .audio
        case .document: .document
        }
    }

    /// The field that says where the file is: `imageUrl`.
    package var field: String { rawValue + "Url" }

    /// Bytes that WhatsApp takes at most of such a file; the setting `media.max_bytes` may be less. Source: protocol notes on media, section 3.
    package var maximumBytes: Int64 {
        switch self {
        case .image: 64 << 20
        case .video, .audio: 100 << 20
        case .document: 2_000_000_000
        }
    }
}

/// Where a file to be sent comes from.
package enum MediaOrigin: Sendable, Equatable {
    /// `http:`, `https:` or `data:`, as written by the caller.
    case url(String)
    /// The name of a file that the API has put below `media.dir/outgoing`; see ``SpoolName``.
    case file(String)
}

/// A file to be sent with what its sender says of it; what it really is shows when it is looked into.
package struct OutgoingMedia: Sendable, Equatable {
    package let kind: MediaKind
    package let source: MediaOrigin
    /// Not blank, at most ``Limits/captionCharacters``; never of an audio.
    package let caption: String?
    /// A name without directories and control characters.
    package let fileName: String?
    /// `application/pdf`, lower-case, perhaps with parameters.
    package let mimeType: String?
    /// An audio that is shown as a voice message.
    package let isVoiceNote: Bool

    package init(
        kind: MediaKind, source: MediaOrigin, caption: String? = nil, fileName: String? = nil, mimeType: String? = nil,
        isVoiceNote: Bool = false
    ) {
        self.kind = kind
        self.source = source
        self.caption = caption
        self.fileName = fileName
        self.mimeType = mimeType
        self.isVoiceNote = isVoiceNote
    }

    /// The name under which a document is shown: as given, else as the address has it, else `document`.
    package var documentName: String {
        if let fileName { return fileName }
        guard case .url(let text) = source, let name = MediaAddress.fileName(in: text) else { return "document" }
        return name
    }

    /// What the message log shows: the caption, else a document's name.
    package var summary: String { caption ?? (kind == .document ? documentName : "") }
}

// As fields of a request and of `wa_outbox.payload`.
extension OutgoingMedia {
    /// Names the spooled file in `wa_outbox.payload`. A caller's own field of this name is never believed: the API sets it.
    package static let spoolField = "spooled_file"

    init(_ kind: MediaKind, _ fields: Fields) throws(FieldError) {
        self.init(
            kind: kind, source: try Self.source(kind, fields),
            caption: kind == .audio ? nil : try Self.caption(fields), fileName: try Self.fileName(fields),
            mimeType: try Self.mimeType(fields), isVoiceNote: kind == .audio ? try fields.optionalFlag("ptt") ?? false : false)
    }

    private static func source(_ kind: MediaKind, _ fields: Fields) throws(FieldError) -> MediaOrigin {
        let spooled = try fields.optionalText(spoolField, limit: SpoolName.length, expected: "the name of a spooled file")
        if let spooled {
            guard SpoolName.isValid(spooled) else { throw FieldError(spoolField, .badValue, expected: "the name of a spooled file") }
            return .file(spooled)
        }
        let expected = "an http(s) address, a data: URI, or a multipart/form-data body with the file as `file`"
        let text = try fields.text(kind.field, limit: Limits.bodyBytes, expected: expected)
        guard MediaAddress.isAcceptable(text) else { throw FieldError(kind.field, .badValue, expected: expected) }
        guard MediaAddress.isData(text) || text.unicodeScalars.count <= Limits.mediaAddressCharacters else {
            throw FieldError(kind.field, .tooLong(limit: Limits.mediaAddressCharacters, unit: "characters"), expected: expected)
        }
        return .url(text)
    }

    private static func caption(_ fields: Fields) throws(FieldError) -> String? {
        let text = try fields.optionalText("caption", limit: Limits.captionCharacters, expected: "a text below the file")
        guard let text, text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { return nil }
        return text
    }

    private static func fileName(_ fields: Fields) throws(FieldError) -> String? {
        try fields.optionalText("fileName", limit: Limits.nameCharacters, expected: "a file name such as Invoice.pdf").flatMap(FileName.clean)
    }

    private static func mimeType(_ fields: Fields) throws(FieldError) -> String? {
        let expected = "a media type such as application/pdf"
        guard let text = try fields.optionalText("mimetype", limit: Limits.nameCharacters, expected: expected), !text.isEmpty else {
            return nil
        }
        guard let type = MediaTypeName.clean(text) else { throw FieldError("mimetype", .badValue, expected: expected) }
        return type
    }

    var members: [JSONMember] {
        let place: JSONMember =
            switch source {
            case .url(let text): JSONMember(kind.field, .string(text))
            case .file(let name): JSONMember(Self.spoolField, .string(name))
            }
        let words = [("caption", caption), ("fileName", fileName), ("mimetype", mimeType)].compactMap { name, value in
            value.map { JSONMember(name, .string($0)) }
        }
        return [place] + words + (isVoiceNote ? [JSONMember("ptt", true)] : [])
    }
}
