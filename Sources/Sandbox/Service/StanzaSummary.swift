import WhatsApp

/// One line about a stanza, without its content.
enum StanzaSummary {
    private static let shown = ["xmlns", "class", "type", "id", "to", "from", "recipient", "participant", "category", "error"]

    static func of(_ stanza: Node) -> String {
        var text = "<\(stanza.tag)"
        for name in shown {
            if let value = stanza.string(name) { text += " \(name)=\(value)" }
        }
        text += ">"
        let children = stanza.children.map(\.tag)
        if !children.isEmpty { text += " " + children.prefix(8).joined(separator: ", ") }
        return text
    }
}
