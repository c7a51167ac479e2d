import CryptoPrimitives

/// A file inside its own address: `data:image/png;base64,iVBORw0…` (RFC 2397).
package struct DataURI: Sendable, Equatable {
    /// As declared; nil where nothing (or no media type) stands there.
    package let mimeType: String?
    package let bytes: [UInt8]

    /// Bytes before the comma; media types have some dozen.
    private static let headBytes = 512

    /// nil where it is none, or its content is not what it says: base64 that is broken, an incomplete `%` code.
    /// Line breaks and blanks inside of base64 do not count, as in browsers.
    package init?(_ text: String) {
        guard MediaAddress.isData(text) else { return nil }
        let rest = text.utf8.dropFirst(5)
        let head = rest.prefix(Self.headBytes).prefix { $0 != UInt8(ascii: ",") }
        guard head.count < rest.count, rest.dropFirst(head.count).first == UInt8(ascii: ",") else { return nil }
        var words = String(decoding: head, as: UTF8.self).split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        let isBase64 = words.count > 1 && words.last.map { $0.lowercased().filter { $0 != " " } } == "base64"
        if isBase64 { words.removeLast() }
        mimeType = MediaTypeName.clean(words.joined(separator: ";"))
        guard let content = Self.decoded(rest.dropFirst(head.count + 1)) else { return nil }
        guard isBase64 else {
            bytes = content
            return
        }
        guard let plain = Self.base64(content) else { return nil }
        bytes = plain
    }

    /// Without its `%` codes.
    private static func decoded(_ text: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var code: UInt8?
        var missing = 0
        for byte in text {
            guard missing > 0 else {
                if byte == UInt8(ascii: "%") { (code, missing) = (0, 2) } else { bytes.append(byte) }
                continue
            }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else { return nil }
            let value = (code ?? 0) << 4 | UInt8(truncatingIfNeeded: digit)
            missing -= 1
            code = value
            if missing == 0 { bytes.append(value) }
        }
        return missing == 0 ? bytes : nil
    }

    /// The padding may be missing.
    private static func base64(_ text: [UInt8]) -> [UInt8]? {
        var text = text.filter { ![0x20, 0x09, 0x0A, 0x0C, 0x0D].contains($0) }
        guard text.allSatisfy({ $0 < 0x80 }) else { return nil }
        if text.last != UInt8(ascii: "=") { text += Array(repeating: UInt8(ascii: "="), count: (4 - text.count % 4) % 4) }
        return Base64.decode(String(decoding: text, as: UTF8.self))
    }
}
