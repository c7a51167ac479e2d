package import Model

/// Contact cards in the form that phones write and read: vCard 3.0 (RFC 2426), with the number that WhatsApp knows as `waid`.
package enum VCard {
    /// The card of one person. What would end a value or a line is escaped.
    package static func text(_ card: ContactCard) -> String {
        let name = escaped(card.name)
        return """
            BEGIN:VCARD
            VERSION:3.0
            N:;\(name);;;
            FN:\(name)
            TEL;type=CELL;type=VOICE;waid=\(card.phoneNumber):+\(card.phoneNumber)
            END:VCARD
            """
    }

    static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\", ",", ";":
                result.unicodeScalars.append("\\")
                result.unicodeScalars.append(scalar)
            case "\n": result += "\\n"
            // No other control character belongs into a card.
            case _ where scalar.properties.generalCategory == .control: continue
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Bytes of a card that are looked at; photos inside of cards may be larger and are of no use here.
    private static let maximumBytes = 65_536
    private static let maximumPhones = 20
    private static let maximumCharacters = 256

    /// Name and numbers of a card that arrived. Whatever cannot be read is left out.
    /// - Parameter displayName: from the message; the card's own name stands in where it is empty.
    package static func read(_ text: String, displayName: String) -> MessageDetails.Card {
        var name = displayName
        var phones: [String] = []
        for line in unfolded(text) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let head = line[..<colon].split(separator: ";")
            let value = line[line.index(after: colon)...]
            // Phones group properties: `item1.TEL`.
            switch head.first?.split(separator: ".").last?.uppercased() {
            case "FN" where name.isEmpty: name = unescaped(value)
            case "TEL" where phones.count < maximumPhones:
                let waid = head.first { $0.lowercased().hasPrefix("waid=") }?.dropFirst(5)
                let phone = waid.map { "+" + digits($0) } ?? unescaped(value)
                if phone.count > 1, !phones.contains(phone) { phones.append(phone) }
            default: continue
            }
        }
        return MessageDetails.Card(name: String(name.prefix(maximumCharacters)), phones: phones)
    }

    /// Lines; one that begins with a blank goes on with the line before.
    private static func unfolded(_ text: String) -> [String] {
        var lines: [String] = []
        for bytes in text.utf8.prefix(maximumBytes).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let line = String(decoding: bytes, as: UTF8.self)
            if let first = line.utf8.first, first == 0x20 || first == 0x09, !lines.isEmpty {
                lines[lines.count - 1] += line.dropFirst()
            } else {
                lines.append(line)
            }
        }
        return lines
    }

    private static func unescaped(_ value: Substring) -> String {
        var result = ""
        var isEscaped = false
        for scalar in value.unicodeScalars.prefix(maximumCharacters) {
            if isEscaped {
                result.unicodeScalars.append(scalar == "n" || scalar == "N" ? "\n" : scalar)
                isEscaped = false
            } else if scalar == "\\" {
                isEscaped = true
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func digits(_ text: Substring) -> String {
        String(decoding: text.utf8.filter { (0x30...0x39).contains($0) }.prefix(20), as: UTF8.self)
    }
}
