extension Node {
    /// The element with everything in it as text for the log; of values only the size, since they are somebody's.
    /// - Parameter limit: bytes, after which it is cut off.
    package func outline(limit: Int = 4_096) -> String {
        var text = ""
        writeOutline(to: &text, limit)
        return String(decoding: text.utf8.prefix(limit), as: UTF8.self)
    }

    private func writeOutline(to text: inout String, _ limit: Int) {
        guard text.utf8.count < limit else { return }
        text += "<\(tag)\(attributes.elements.map { " \($0.key)=\"\($0.value.string)\"" }.joined())"
        switch content {
        case nil: text += "/>"
        case .nodes(let children):
            text += ">"
            for child in children { child.writeOutline(to: &text, limit) }
            text += "</\(tag)>"
        case .bytes(let bytes): text += ">\(bytes.count) bytes</\(tag)>"
        case .text(let value): text += ">\(value.utf8.count) bytes</\(tag)>"
        case .jid(let jid): text += ">\(jid)</\(tag)>"
        }
    }
}
