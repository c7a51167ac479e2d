/// The form of a file's address; whether it may be fetched is decided where it is.
package enum MediaAddress {
    package static func isData(_ text: String) -> Bool { text.prefix(5).lowercased() == "data:" }

    /// `http://…`, `https://…` or `data:…` without control characters.
    package static func isAcceptable(_ text: String) -> Bool {
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return false }
        if isData(text) { return text.utf8.contains(UInt8(ascii: ",")) }
        let lower = text.prefix(9).lowercased()
        return ["http://", "https://"].contains { scheme in
            lower.hasPrefix(scheme) && text.count > scheme.count && !"/?#".contains(text[text.index(text.startIndex, offsetBy: scheme.count)])
        }
    }

    /// The last component of an address's path, decoded, if it can be a file's name.
    package static func fileName(in text: String) -> String? {
        guard !isData(text), let scheme = text.firstRange(of: "://") else { return nil }
        let path = text[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
        guard let slash = path.lastIndex(of: "/") else { return nil }
        return decoded(path[path.index(after: slash)...]).flatMap(FileName.clean).map { String($0.prefix(Limits.nameCharacters / 2)) }
    }

    private static func decoded(_ text: Substring) -> String? {
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
        return String(checkedUTF8: bytes.span)
    }
}
