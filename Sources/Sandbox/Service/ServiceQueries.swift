import Model
import WhatsApp

/// Why a query is answered with an error.
struct QueryError: Error, Equatable, Sendable {
    let code: Int
    let text: String

    static let badRequest = QueryError(code: 400, text: "bad-request")
    static let notFound = QueryError(code: 404, text: "item-not-found")
    static let notAcceptable = QueryError(code: 406, text: "not-acceptable")
    static let notImplemented = QueryError(code: 501, text: "feature-not-implemented")
}

/// `<iq>` of paired clients. Source of the answers: protocol notes on a test server.
extension Service {
    func result(of id: String, _ children: [Node]) -> Node {
        let attributes: Attributes = ["from": .jid(.service), "type": "result", "id": .text(id), "t": .text("\(now.seconds)")]
        return children.isEmpty ? Node("iq", attributes) : Node("iq", attributes, children)
    }

    mutating func query(_ stanza: Node, from address: DeviceAddress, on id: ConnectionID) throws(Refusal) {
        guard let query = stanza.string("id"), !query.isEmpty, let type = stanza.string("type") else {
            write(Node("stream:error", [:], [Node("xml-not-well-formed")]), on: id)
            throw .stanza("an iq without id or type")
        }
        guard type == "get" || type == "set" else {
            answered(query, type: type, by: address, on: id)
            return
        }
        do throws(QueryError) {
            guard let to = stanza.jid("to"), to == .service || to == JID(user: "", server: .group) || to.isGroup else { throw .badRequest }
            write(result(of: query, try answer(stanza, type: type, from: address, on: id)), on: id)
            settle(stanza, from: address, on: id)
        } catch {
            note(.query("\(error.code) for \(StanzaSummary.of(stanza))"), address)
            let node = Node("error", ["code": .text("\(error.code)"), "text": .text(error.text)])
            write(Node("iq", ["from": .jid(.service), "type": "error", "id": .text(query), "t": .text("\(now.seconds)")], [node]), on: id)
        }
    }

    /// A result for a query of ours.
    private mutating func answered(_ query: String, type: String, by address: DeviceAddress, on id: ConnectionID) {
        if connections[id]?.openQueries.removeValue(forKey: query) != nil {
            note(.query, address, "answered \(query) with \(type)")
        } else {
            note(.query("an answer (\(type)) to \(query), which was not asked"), address)
        }
    }

    private mutating func answer(
        _ stanza: Node, type: String, from address: DeviceAddress, on id: ConnectionID
    ) throws(QueryError) -> [Node] {
        let child = stanza.children.first
        switch (stanza.string("xmlns") ?? "", type, child?.tag ?? "") {
        case ("w:p", "get", ""), ("w:p", "get", "ping"), ("urn:xmpp:ping", "get", _): return []
        case ("passive", "set", "active"), ("passive", "set", "passive"): return []
        case ("encrypt", _, _): return try keys(stanza, type: type, from: address)
        case ("usync", "get", "usync"): return try deviceLists(child, from: address)
        case ("abt", "get", "props"): return [Node("props", ["protocol": "1", "hash": "sandbox", "refresh": "86400"])]
        case ("urn:xmpp:whatsapp:dirty", "set", "clean"): return []
        case ("urn:xmpp:whatsapp:account", _, _): return []
        case ("privacy", _, _), ("blocklist", _, _), ("status", _, _), ("disappearing_mode", _, _), ("tos", _, _):
            return try settings(stanza, type: type, from: address)
        case ("w:profile:picture", "get", _): throw .notFound
        case ("w:sync:app:state", "set", "sync"): return try collections(child, from: address)
        case ("w:m", "set", _): return try mediaConnection(stanza)
        case ("w:g2", _, _): return try groupQuery(stanza, type: type, from: address)
        case ("md", "set", "remove-companion-device"):
            guard let jid = child?.jid("jid"), let device = device(of: jid), device == address else { throw .badRequest }
            return []
        default: throw .notImplemented
        }
    }

    /// What follows the answer of a query.
    private mutating func settle(_ stanza: Node, from address: DeviceAddress, on id: ConnectionID) {
        switch (stanza.string("xmlns"), stanza.children.first?.tag) {
        case ("passive", "active"): becomeActive(address, on: id)
        case ("passive", "passive"): connections[id]?.isActive = false
        case ("md", "remove-companion-device"): unlink(address, reason: "logged out by the client")
        default: break
        }
    }
}
