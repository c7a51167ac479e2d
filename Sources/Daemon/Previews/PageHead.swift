/// What a web page says of itself at its beginning. Reads tags, not documents: pages are as they are.
struct PageHead: Equatable {
    /// One line, at most ``titleCharacters``.
    private(set) var title: String?
    /// One line, at most ``descriptionCharacters``.
    private(set) var description: String?
    /// The address of a picture, perhaps relative.
    private(set) var picture: String?

    static let titleCharacters = 200
    static let descriptionCharacters = 500

    /// Tags that are looked at; pages have some hundred before their body.
    private static let tagLimit = 5_000

    init(_ page: [UInt8], contentType: String?) {
        var tags = PageTags(page)
        var values: [String: [UInt8]] = [:]
        var titleBytes: ArraySlice<UInt8>?
        var charset = Self.charset(contentType)
        for _ in 0..<Self.tagLimit {
            guard let tag = tags.next() else { break }
            // What stands in the body is not the page's word on itself.
            if tag.name == "body" || tag.name == "/head" { break }
            if tag.name == "title", titleBytes == nil { titleBytes = tags.text(until: "</title") }
            guard tag.name == "meta" else { continue }
            if charset == nil { charset = tag["charset"].map(Self.word) ?? Self.charset(tag["content"].map(Self.word)) }
            let key = (tag["property"] ?? tag["name"]).map(Self.word)
            if let key, let content = tag["content"], values[key] == nil, Self.keys.contains(key) { values[key] = content }
        }
        let text = PageText(charset: charset)
        func first(_ keys: [String], _ limit: Int) -> String? {
            keys.lazy.compactMap { values[$0] }.compactMap { text.line($0[...], limit: limit) }.first
        }
        title = first(["og:title", "twitter:title"], Self.titleCharacters) ?? titleBytes.flatMap { text.line($0, limit: Self.titleCharacters) }
        description = first(["og:description", "twitter:description", "description"], Self.descriptionCharacters)
        picture = first(["og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"], 2_048)
    }

    private static let keys: Set<String> = [
        "og:title", "twitter:title", "og:description", "twitter:description", "description", "og:image:secure_url", "og:image", "og:image:url",
        "twitter:image", "twitter:image:src",
    ]

    private static func word(_ bytes: [UInt8]) -> String { String(decoding: bytes.prefix(128), as: UTF8.self).lowercased() }

    /// `text/html; charset=iso-8859-1` → `iso-8859-1`.
    private static func charset(_ type: String?) -> String? {
        guard let type = type?.lowercased(), let found = type.firstRange(of: "charset=") else { return nil }
        return String(type[found.upperBound...].prefix { $0 != ";" && $0 != " " }.filter { $0 != "\"" && $0 != "'" })
    }
}
