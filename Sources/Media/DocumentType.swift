import Model

/// The media type of a document: as given, else by its name's ending, else by its content.
enum DocumentType {
    static func mimeType(declared: String?, fileName: String?, sniffed: FileType) -> String {
        if let declared, declared != "application/octet-stream" { return declared }
        if let ending = fileName.flatMap(ending), let type = byEnding[ending] { return type }
        return sniffed.mimeType
    }

    private static func ending(_ name: String) -> String? {
        name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() }
    }

    private static let byEnding: [String: String] = [
        "pdf": "application/pdf", "txt": "text/plain", "csv": "text/csv", "html": "text/html", "htm": "text/html", "xml": "application/xml",
        "json": "application/json", "rtf": "application/rtf", "md": "text/markdown", "ics": "text/calendar", "vcf": "text/vcard",
        "zip": "application/zip", "rar": "application/vnd.rar", "7z": "application/x-7z-compressed", "gz": "application/gzip",
        "tar": "application/x-tar", "epub": "application/epub+zip", "apk": "application/vnd.android.package-archive",
        "doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
        "odp": "application/vnd.oasis.opendocument.presentation", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png",
        "gif": "image/gif", "webp": "image/webp", "heic": "image/heic", "svg": "image/svg+xml", "tif": "image/tiff", "tiff": "image/tiff",
        "bmp": "image/bmp", "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "opus": "audio/ogg", "wav": "audio/wav",
        "mp4": "video/mp4", "mov": "video/quicktime", "webm": "video/webm", "mkv": "video/x-matroska", "avi": "video/x-msvideo",
        "3gp": "video/3gpp", "dwg": "image/vnd.dwg", "psd": "image/vnd.adobe.photoshop",
    ]
}
