import FoundationEssentials

/// The parts of the service's `ws` or `wss` URL.
struct ServiceEndpoint: Equatable {
    var secure: Bool
    var host: String
    var port: Int
    /// Path and query, at least `/`.
    var target: String

    /// - Throws: ``TransportError/badURL``.
    init(_ text: String) throws(TransportError) {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), scheme == "wss" || scheme == "ws",
            var host = url.host(percentEncoded: false), !host.isEmpty, url.user == nil, url.fragment == nil
        else { throw .badURL }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard (1...65_535).contains(url.port ?? 443) else { throw .badURL }
        secure = scheme == "wss"
        self.host = host
        port = url.port ?? (secure ? 443 : 80)
        let path = url.path(percentEncoded: true)
        target = (path.isEmpty ? "/" : path) + (url.query(percentEncoded: true).map { "?" + $0 } ?? "")
    }

    /// The value of the `Host` header.
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (secure ? 443 : 80) ? name : "\(name):\(port)"
    }
}
