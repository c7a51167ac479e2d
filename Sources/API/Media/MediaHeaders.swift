import Model
import Store

/// The headers of a file that a stranger has sent: nothing in it may run in the browser that shows it.
enum MediaHeaders {
    /// What browsers only show. Pictures of type SVG are programs.
    private static let shown: Set<String> = [
        "image/jpeg", "image/png", "image/webp", "image/gif", "audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/amr", "audio/wav",
        "video/mp4", "video/3gpp", "video/webm", "video/quicktime",
    ]
    private static let endings = [
        "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif", "audio/ogg": "ogg", "audio/mpeg": "mp3",
        "audio/mp4": "m4a", "audio/aac": "aac", "video/mp4": "mp4", "video/3gpp": "3gp", "application/pdf": "pdf",
    ]

    static func of(_ file: MediaView) -> [(name: String, value: String)] {
        let type = file.mimeType.flatMap(MediaTypeName.clean) ?? "application/octet-stream"
        let essence = String(type.prefix { $0 != ";" })
        let isShown = shown.contains(essence)
        let name = file.fileName.flatMap(FileName.clean) ?? "media." + (endings[essence] ?? "bin")
        return [
            ("Content-Type", type), ("Content-Disposition", disposition(isShown ? "inline" : "attachment", name)),
            ("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", "default-src 'none'; sandbox"), ("Accept-Ranges", "bytes"),
        ]
    }

    /// The name twice, for old and new clients (RFC 6266, 4.3).
    private static func disposition(_ kind: String, _ name: String) -> String {
        let plain = String(name.unicodeScalars.map { isPlain($0) ? Character($0) : "_" })
        var value = "\(kind); filename=\"\(plain)\""
        if plain != name { value += "; filename*=UTF-8''" + encoded(name) }
        return value
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        (0x20...0x7E).contains(scalar.value) && scalar != "\"" && scalar != "\\" && scalar != "%"
    }

    /// Percent encoding of all but the attribute characters of RFC 8187.
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return result
    }
}
