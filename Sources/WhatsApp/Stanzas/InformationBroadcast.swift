package import Model

/// Information of the service about the connection (`<ib>`); nothing of it is acknowledged, and one stanza may hold several.
///
/// Source: protocol notes on the transport, section 6.
package enum InformationBroadcast: Equatable, Sendable {
    /// So many stanzas wait in the queue.
    case offlinePreview(count: Int)
    /// The queue has been delivered.
    case offlineDone(count: Int)
    /// To be sent in front of the next connection's first frame.
    case edgeRouting([UInt8])
    case dirty(type: String, timestamp: String)
    /// The phone's WhatsApp is too old for linked devices.
    case phoneTooOld
    /// After this moment this client's version is refused.
    case clientExpires(Timestamp)

    package static func read(_ node: Node) -> [InformationBroadcast] { node.children.compactMap(one) }

    private static func one(_ child: Node) -> InformationBroadcast? {
        switch child.tag {
        case "offline_preview": .offlinePreview(count: count(child))
        case "offline": .offlineDone(count: count(child))
        case "edge_routing": child.child("routing_info")?.bytes.map { .edgeRouting($0) }
        case "dirty": child.string("type").map { .dirty(type: $0, timestamp: child.string("timestamp") ?? "") }
        case "downgrade_webclient": .phoneTooOld
        case "client_expiration":
            child.moment("t").map { .clientExpires($0) }
        default: nil
        }
    }

    private static func count(_ node: Node) -> Int { node.uint("count").flatMap { Int(exactly: $0) } ?? 0 }

    /// Asks for the next so many stanzas of the queue.
    package static func offlineBatch(count: Int) -> Node {
        Node("ib", [:], [Node("offline_batch", ["count": .text(String(count))])])
    }

    /// The number that official clients send after login; it only changes with the time within a week.
    /// Sources: whatsmeow `sendUnifiedSession`, protocol notes on the transport, section 6.
    package static func unifiedSession(serverTime: Timestamp) -> Node {
        let week: Int64 = 7 * 86_400_000
        let shifted = serverTime.adding(milliseconds: 3 * 86_400_000).milliseconds
        return Node("ib", [:], [Node("unified_session", ["id": .text(String(((shifted % week) + week) % week))])])
    }

    /// What was marked as dirty has been fetched anew (or is of no use to this client).
    package static func clean(type: String, timestamp: String) -> Query {
        Query("urn:xmpp:whatsapp:dirty", .set, [Node("clean", ["type": .text(type), "timestamp": .text(timestamp)])])
    }
}
