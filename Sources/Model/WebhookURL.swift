/// What an address must be like that events are posted to.
package enum WebhookURL {
    package static let expected =
        "an address that begins with http:// or https://, of at most 2000 visible ASCII characters, without user and password, on a port up to 65535"

    package static func isGood(_ url: String) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: { url.lowercased().hasPrefix($0) }), url.utf8.count <= 2_000,
            url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return false }
        let host = url.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return !host.isEmpty && !host.contains("@") && hasPossiblePort(host)
    }

    /// Nothing behind the last colon is the scheme's own port.
    private static func hasPossiblePort(_ host: Substring) -> Bool {
        guard !host.hasSuffix("]"), let colon = host.lastIndex(of: ":") else { return true }
        let port = host[host.index(after: colon)...]
        return port.isEmpty || (port.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt16(port) != nil)
    }
}
