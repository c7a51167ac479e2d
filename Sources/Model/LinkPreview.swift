/// What is shown below a text that has a link in it: what the page says of itself.
package struct LinkPreview: Sendable, Equatable {
    /// The link as it stands in the text.
    package var link: String
    package var title: String
    package var description: String?
    /// A small JPEG.
    package var thumbnail: [UInt8]?

    package init(link: String, title: String, description: String? = nil, thumbnail: [UInt8]? = nil) {
        self.link = link
        self.title = title
        self.description = description
        self.thumbnail = thumbnail
    }

    /// The first http or https link of a text, as phones would mark it: without the stops that end a sentence, and without brackets that
    /// were opened before it.
    package static func link(in text: String) -> String? {
        var rest = text[...]
        while let colon = rest.firstRange(of: "://") {
            let before = rest[..<colon.lowerBound].lowercased()
            let scheme = ["https", "http"].first { before.hasSuffix($0) }
            let start = scheme.map { rest.index(colon.lowerBound, offsetBy: -$0.count) }
            if let start, isWordStart(start, in: rest), let link = trimmed(rest[start...].prefix { !endsLink($0) }) { return link }
            rest = rest[colon.upperBound...]
        }
        return nil
    }

    private static func isWordStart(_ index: Substring.Index, in text: Substring) -> Bool {
        guard index > text.startIndex else { return true }
        let previous = text[text.index(before: index)]
        return !previous.isLetter && !previous.isNumber
    }

    private static func endsLink(_ character: Character) -> Bool {
        character.isWhitespace || "<>\"“”„«»`".contains(character) || character.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    private static func trimmed(_ text: Substring) -> String? {
        var link = text
        while let last = link.last {
            let opening: Character? = switch last {
            case ")": "("
            case "]": "["
            case "}": "{"
            default: nil
            }
            if let opening {
                guard link.count(where: { $0 == last }) > link.count(where: { $0 == opening }) else { break }
            } else if !".,;:!?'*_~".contains(last) { break }
            link = link.dropLast()
        }
        guard link.unicodeScalars.count <= Limits.mediaAddressCharacters, let host = link.firstRange(of: "://"), host.upperBound < link.endIndex,
            link[host.upperBound].isLetter || link[host.upperBound].isNumber || link[host.upperBound] == "["
        else { return nil }
        return String(link)
    }
}
