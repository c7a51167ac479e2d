/// Names of files as strangers give them.
package enum FileName {
    /// The last component without control characters, and without those that reverse the direction of what follows: a name must
    /// read as the file is. nil where nothing is left that can be a name.
    package static func clean(_ text: String) -> String? {
        let visible = String(String.UnicodeScalarView(text.unicodeScalars.filter { !isHidden($0) }))
        guard let last = visible.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last else { return nil }
        let name = String(last.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        return name.isEmpty || name.allSatisfy { $0 == "." } ? nil : name
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029: true
        default: scalar.properties.generalCategory == .control
        }
    }
}

/// Media types (RFC 9110, 8.3.1) as strangers give them.
package enum MediaTypeName {
    /// Lower-case, nil unless there are two words of token characters with a slash between; parameters stay as they are.
    package static func clean(_ text: String) -> String? {
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return nil }
        let essence = text.prefix { $0 != ";" }
        let blankless = essence.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        let words = blankless.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
        guard words.count == 2, words.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isToken) }) else { return nil }
        return "\(words[0])/\(words[1])".lowercased() + text.dropFirst(essence.count)
    }

    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

/// The names of files below `media.dir/outgoing`: chance alone, so that nobody guesses another's.
package enum SpoolName {
    /// Hex digits of 16 random bytes.
    package static let length = 32

    package static func isValid(_ text: String) -> Bool {
        text.utf8.count == length && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
