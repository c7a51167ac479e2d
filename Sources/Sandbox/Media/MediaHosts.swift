import Model
import WhatsApp

/// The media hosts as the service knows them: names, passes, trouble on order.
struct MediaHosts: Sendable {
    /// Seconds that a pass is good.
    static let lifetime: Int64 = 300
    private static let requestLimit = 1_000

    /// Names with ports, as `media_conn` gives them.
    var names: [String] = []
    /// Until when each pass is good.
    private var passes: [String: Timestamp] = [:]
    var faults: [MediaFault] = []
    private(set) var requests: [MediaRequest] = []

    mutating func issue(_ pass: String, now: Timestamp) {
        passes = passes.filter { $0.value > now }
        passes[pass] = now.adding(milliseconds: Self.lifetime * 1_000)
    }

    func isGood(_ pass: String, now: Timestamp) -> Bool { passes[pass].map { $0 > now } ?? false }

    /// Every pass becomes worthless.
    mutating func revoke() { passes = [:] }

    /// The trouble that hits a request, which is used up by it.
    mutating func fault(_ method: String, host: Int) -> MediaFault? {
        guard let index = faults.firstIndex(where: { $0.hits(method, host: host) }) else { return nil }
        faults[index].count -= 1
        return faults[index]
    }

    mutating func note(_ request: MediaRequest) {
        requests.append(request)
        if requests.count > Self.requestLimit { requests.removeFirst() }
    }
}

extension Service {
    /// Source: protocol notes on media, section 2.
    mutating func mediaConnection(_ query: Node) throws(QueryError) -> [Node] {
        guard query.child("media_conn") != nil else { throw .badRequest }
        guard !media.names.isEmpty else { throw .notImplemented }
        let pass = "AQ\(UInt64.random(in: 0 ... .max, using: &rng))-_\(UInt64.random(in: 0 ... .max, using: &rng))"
        media.issue(pass, now: now)
        let hosts = media.names.enumerated().map { index, name in
            Node(
                "host", ["hostname": .text(name), "type": index == 0 ? "primary" : "fallback"],
                [Node("download", [:], [Node("image"), Node("video"), Node("audio"), Node("document")]), Node("upload")])
        }
        return [
            Node(
                "media_conn",
                [
                    "auth": .text(pass), "ttl": .text("\(MediaHosts.lifetime)"), "auth_ttl": .text("\(MediaHosts.lifetime)"),
                    "max_buckets": "12",
                ], hosts)
        ]
    }
}
