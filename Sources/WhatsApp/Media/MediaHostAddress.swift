import CryptoPrimitives

/// Addresses at the media hosts. Source: protocol notes on media, sections 3 and 4.
package enum MediaHostAddress {
    /// Who loads and offers files: the web client. Hosts refuse others.
    package static let origin = "https://web.whatsapp.com"
    /// Where files lie when the service has named no host.
    package static let fallbackHost = "mmg.whatsapp.net"
    /// From this size on an upload asks first how much of the file is there already. Source: whatsapp-rust, after the web client.
    package static let resumableBytes = 5 << 20

    /// Where a file is downloaded from.
    package static func download(_ descriptor: MediaDescriptor, host: String) -> String? {
        guard let path = descriptor.directPath else { return nil }
        var address = "https://\(host)\(path)\(path.contains("?") ? "&" : "?")"
        if let hash = descriptor.fileEncSHA256 { address += "hash=\(token(hash))&" }
        return address + "mms-type=\(descriptor.category.wireName)&__wa-mms="
    }

    /// Where a file is uploaded to.
    package static func upload(_ category: MediaCategory, fileEncSHA256: [UInt8], auth: String, host: String) -> String {
        let token = token(fileEncSHA256)
        return "https://\(host)/mms/\(category.wireName)/\(token)?auth=\(escaped(auth))&token=\(token)"
    }

    private static func token(_ hash: [UInt8]) -> String { escaped(Base64.encode(hash, alphabet: .urlSafe)) }

    /// Percent encoding of everything that is not unreserved (RFC 3986).
    private static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "%" + Hex.encode([byte]).uppercased()
            }
        }
        return result
    }

    /// A path and query of visible ASCII characters that can not lead to another host.
    package static func isPath(_ text: String) -> Bool {
        text.utf8.first == 0x2F && text.utf8.dropFirst().first != 0x2F && isPlain(text)
    }

    /// An https address of WhatsApp's own, so that nobody who writes to us decides where we connect to.
    static func isKnownHost(_ address: String) -> Bool {
        guard isPlain(address), address.hasPrefix("https://") else { return false }
        let authority = address.dropFirst(8).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return authority.hasSuffix(".whatsapp.net") || authority.hasSuffix(".fbcdn.net") ? isHostName(authority) : false
    }

    /// Letters, digits, dots, hyphens: no port, no user, no address in brackets.
    static func isHostName(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.count <= 253
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x2E }
    }

    private static func isPlain(_ text: String) -> Bool {
        text.utf8.count <= MediaDescriptor.maximumPath
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E && $0 != 0x5C && $0 != 0x23 }
    }
}
