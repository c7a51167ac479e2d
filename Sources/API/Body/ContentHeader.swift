/// A header value of the form `value; name=text; name="text"` (RFC 9110, 5.6.6).
struct ContentHeader {
    /// Lower-case.
    let value: String
    /// Lower-case names.
    let parameters: [String: String]

    init(_ text: String) {
        var parts = Self.split(text)[...]
        value = Self.trim(parts.popFirst() ?? "").lowercased()
        var parameters: [String: String] = [:]
        for part in parts {
            guard let equals = part.firstIndex(of: "=") else { continue }
            let name = Self.trim(String(part[..<equals])).lowercased()
            parameters[name] = Self.unquoted(Self.trim(String(part[part.index(after: equals)...])))
        }
        self.parameters = parameters
    }

    /// The header called `name` (lower-case) among the lines of a part.
    init?(named name: String, in lines: String) {
        for line in lines.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else { continue }
            self.init(String(line[line.index(after: colon)...]))
            return
        }
        return nil
    }

    /// At semicolons outside of quotes.
    private static func split(_ text: String) -> [String] {
        var parts = [""]
        var isQuoted = false
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if scalar == ";", !isQuoted {
                parts.append("")
                continue
            }
            if scalar == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = scalar == "\\" && !isEscaped
            parts[parts.count - 1].unicodeScalars.append(scalar)
        }
        return parts
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        var result = ""
        var isEscaped = false
        for scalar in text.unicodeScalars.dropFirst().dropLast() {
            if scalar == "\\", !isEscaped {
                isEscaped = true
                continue
            }
            result.unicodeScalars.append(scalar)
            isEscaped = false
        }
        return result
    }

    private static func trim(_ text: String) -> String {
        let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(text.drop(while: blank).reversed().drop(while: blank).reversed())
    }
}
