import Model

/// The hosts that take and give files, and the pass for them (`media_conn`). Source: protocol notes on media, section 2.
package struct MediaServers: Equatable, Sendable {
    package static let query = Query("w:m", .set, [Node("media_conn")])

    package let auth: String
    /// Seconds that the answer may be used.
    package let lifetime: Int64
    /// Hosts that give files, in the order of trying; a name, with a port where it is not 443.
    package let hosts: [String]
    /// Hosts that take files.
    package let uploadHosts: [String]

    /// Hosts of one answer; the service names two to four.
    private static let maximumHosts = 16
    private static let maximumAuth = 4_096
    /// A day: an answer is never used longer, whatever it says.
    private static let maximumLifetime: UInt64 = 86_400

    package init(_ answer: Node) throws(StanzaError) {
        guard let node = try Query.answer(answer).child("media_conn") else { throw .missing("media_conn") }
        guard let auth = node.string("auth"), !auth.isEmpty, auth.utf8.count <= Self.maximumAuth else { throw .missing("auth") }
        guard let ttl = node.uint("ttl") else { throw .missing("ttl") }
        let nodes = Array(node.children("host").prefix(Self.maximumHosts))
        let hosts = nodes.compactMap(Self.host)
        guard !hosts.isEmpty else { throw .missing("host") }
        self.auth = auth
        lifetime = Int64(min(ttl, node.uint("auth_ttl") ?? ttl, Self.maximumLifetime))
        self.hosts = Self.serving("download", nodes, else: hosts)
        uploadHosts = Self.serving("upload", nodes, else: hosts)
    }

    /// Hosts say by children what they are for; where none does, all are for everything.
    private static func serving(_ purpose: String, _ nodes: [Node], else all: [String]) -> [String] {
        let named = nodes.filter { $0.child(purpose) != nil }.compactMap(host)
        return named.isEmpty ? all : named
    }

    private static func host(_ node: Node) -> String? {
        guard let name = node.string("hostname") else { return nil }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, MediaHostAddress.isHostName(host), parts.count <= 2 else { return nil }
        guard parts.count == 1 || UInt16(parts[1]).map({ $0 > 0 }) == true else { return nil }
        return name
    }
}
