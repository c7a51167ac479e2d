import Model

/// Who sent a request: the peer's address, or the forwarded one where the peer is a proxy that the owner trusts.
package struct ClientAddress: Sendable, Equatable {
    /// As text; `unknown` where the web server gave none.
    package let text: String

    /// - Parameters:
    ///   - peer: `REMOTE_ADDR`.
    ///   - forwarded: `X-Forwarded-For`, read from its end: whatever stands before the first address that is no trusted proxy may be invented.
    ///   - trusted: addresses and CIDR ranges.
    package init(peer: String, forwarded: String?, trusted: [String]) {
        var address = peer
        var hops = (forwarded ?? "").split(separator: ",").map { String($0.filter { $0 != " " && $0 != "\t" }) }[...]
        while AddressRange.contains(address, in: trusted), let hop = hops.popLast(), AddressRange(hop) != nil { address = hop }
        text = AddressRange(address) == nil ? "unknown" : address
    }

    /// What a limit counts: an IPv4 address, or the /64 that one IPv6 customer has.
    package var limitSubject: String {
        guard let range = AddressRange(text) else { return text }
        // One address has several spellings.
        guard range.bytes.count == 16 else { return range.bytes.map { String($0) }.joined(separator: ".") }
        return range.bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "/64"
    }
}
