/// A page's text as people read it: in its character set, without codes, on one line.
struct PageText {
    private let isLatin: Bool

    /// - Parameter charset: as the page or its server says it, lower-case; nil is UTF-8.
    init(charset: String?) {
        isLatin = ["iso-8859-1", "latin1", "windows-1252", "cp1252", "us-ascii", "iso-8859-15"].contains(charset ?? "")
    }

    /// nil where nothing is to be seen.
    func line(_ bytes: ArraySlice<UInt8>, limit: Int) -> String? {
        // A code takes some bytes for one character.
        let text = decoded(bytes.prefix(limit * 12))
        var line = String.UnicodeScalarView()
        var count = 0
        var isAfterBlank = true
        for scalar in Self.withoutCodes(text).unicodeScalars where count < limit {
            let isBlank = scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
            if isBlank {
                if !isAfterBlank { line.append(" ") }
            } else if !Self.isHidden(scalar) { line.append(scalar) } else { continue }
            isAfterBlank = isBlank
            count += 1
        }
        let result = String(line)
        let trimmed = result.hasSuffix(" ") ? String(result.dropLast()) : result
        return trimmed.isEmpty ? nil : trimmed
    }

    private func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        if isLatin, String(validating: bytes, as: UTF8.self) == nil {
            return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar(Self.windows1252[$0] ?? UInt16($0)) ?? " " }))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What turns the direction of the text around it.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value) || scalar == "\u{FEFF}"
    }

    /// The most usual of the signs that Windows has and ISO 8859-1 has not.
    private static let windows1252: [UInt8: UInt16] = [
        0x80: 0x20AC, 0x82: 0x201A, 0x84: 0x201E, 0x85: 0x2026, 0x8A: 0x0160, 0x8C: 0x0152, 0x91: 0x2018, 0x92: 0x2019, 0x93: 0x201C, 0x94: 0x201D,
        0x95: 0x2022, 0x96: 0x2013, 0x97: 0x2014, 0x99: 0x2122, 0x9A: 0x0161, 0x9C: 0x0153, 0x9F: 0x0178,
    ]

    // MARK: Codes

    /// `&amp;` → `&`, `&#228;` → `ä`; what is none stays.
    static func withoutCodes(_ text: String) -> String {
        guard text.contains("&") else { return text }
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            let name = rest.prefix(10).prefix { $0 != ";" }
            guard scalar == "&", rest.dropFirst(name.count).first == ";", let meant = meaning(String(name)) else {
                result.append(scalar)
                continue
            }
            result.append(meant)
            rest = rest.dropFirst(name.count + 1)
        }
        return String(result)
    }

    private static func meaning(_ name: String) -> Unicode.Scalar? {
        guard name.hasPrefix("#") else { return named[name] }
        let digits = name.dropFirst()
        let value = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return value.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
    }

    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—", "hellip": "…", "lsquo": "‘",
        "rsquo": "’", "sbquo": "‚", "ldquo": "“", "rdquo": "”", "bdquo": "„", "laquo": "«", "raquo": "»", "bull": "•", "middot": "·", "copy": "©",
        "reg": "®", "trade": "™", "euro": "€", "pound": "£", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü",
        "szlig": "ß", "agrave": "à", "aacute": "á", "acirc": "â", "atilde": "ã", "ccedil": "ç", "egrave": "è", "eacute": "é", "ecirc": "ê",
        "iacute": "í", "ntilde": "ñ", "oacute": "ó", "ocirc": "ô", "otilde": "õ", "uacute": "ú", "Eacute": "É", "oslash": "ø", "aring": "å",
    ]
}
