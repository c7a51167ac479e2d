import CryptoPrimitives

/// What a client asks of a media host, taken apart and checked. Source: protocol notes on media, sections 3 and 4.
enum MediaTarget: Equatable {
    struct Upload: Equatable {
        let type: String
        /// In hex.
        let hash: String
        let auth: String
        /// Only asks how much is there.
        let asks: Bool
        let offset: Int
    }
    struct Download: Equatable {
        let directPath: String
        /// In hex.
        let hash: String?
        let type: String?
    }
    struct Deletion: Equatable {
        let type: String
        /// In hex.
        let hash: String
        let auth: String
    }
    case upload(Upload)
    case download(Download)
    /// A history that was taken in is not needed any more. Source: whatsmeow `download.go`.
    case deletion(Deletion)

    static let types: Set<String> = ["image", "video", "audio", "document", "md-msg-hist", "md-app-state", "thumbnail-link", "ptt"]

    /// nil with the reason where the real hosts would refuse it.
    init(method: String, uri: String) throws(Refusal) {
        let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let query = Self.query(parts.count > 1 ? parts[1] : "")
        if method == "POST" {
            self = .upload(try Self.upload(parts[0], query))
        } else if method == "GET" {
            self = .download(try Self.download(uri, query))
        } else if method == "DELETE" {
            self = .deletion(try Self.deletion(parts[0], query))
        } else {
            throw .media("the method \(method)")
        }
    }

    private static func upload(_ path: String, _ query: [String: String]) throws(Refusal) -> Upload {
        let (type, hash, auth) = try named("an upload", path, query)
        guard let offset = Int(query["file_offset"] ?? "0"), offset >= 0 else { throw .media("file_offset is no number") }
        return Upload(type: type, hash: hash, auth: auth, asks: query["resume"] == "1", offset: offset)
    }

    private static func deletion(_ path: String, _ query: [String: String]) throws(Refusal) -> Deletion {
        let (type, hash, auth) = try named("a deletion", path, query)
        guard let place = query["d_md"], Base64.decode(place, alphabet: .urlSafeUnpadded) != nil else {
            throw .media("a deletion without the file's path in d_md")
        }
        return Deletion(type: type, hash: hash, auth: auth)
    }

    /// A file that is named by the hash of what is uploaded, with a pass.
    private static func named(_ what: String, _ path: String, _ query: [String: String]) throws(Refusal) -> (type: String, hash: String, auth: String) {
        let segments = path.split(separator: "/").map(String.init)
        guard segments.count == 3, segments[0] == "mms", types.contains(segments[1]) else { throw .media("\(what) to \(path)") }
        let token = decoded(segments[2])
        guard let hash = hash(token), query["token"].flatMap(Self.hash) == hash else {
            throw .media("\(what) without the file's hash in path and token")
        }
        guard let auth = query["auth"], !auth.isEmpty else { throw .media("\(what) without auth") }
        return (segments[1], hash, auth)
    }

    private static func download(_ uri: String, _ query: [String: String]) throws(Refusal) -> Download {
        // What clients add stands behind what the message carried.
        let ends = ["&hash=", "?hash=", "&mms-type=", "?mms-type="].compactMap { uri.firstRange(of: $0)?.lowerBound }
        let directPath = ends.min().map { String(uri[..<$0]) } ?? uri
        let given = try query["hash"].map { (text) throws(Refusal) -> String in
            guard let hash = hash(text) else { throw .media("hash is no SHA-256 in URL-safe base 64") }
            return hash
        }
        return Download(directPath: directPath, hash: given, type: query["mms-type"])
    }

    private static func hash(_ text: String) -> String? {
        let bytes = Base64.decode(text, alphabet: text.hasSuffix("=") ? .urlSafe : .urlSafeUnpadded)
        return bytes.flatMap { $0.count == 32 ? Hex.encode($0) : nil }
    }

    private static func query(_ text: String) -> [String: String] {
        var query: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            query[decoded(sides[0])] = sides.count > 1 ? decoded(sides[1]) : ""
        }
        return query
    }

    private static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
