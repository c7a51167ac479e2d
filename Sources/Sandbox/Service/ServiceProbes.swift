import Model
import WhatsApp

/// Stanzas that the real service sends now and then, sent here on demand.
extension Service {
    /// Asks a client for a sign of life. Answers stand in the journal.
    mutating func ping(_ address: DeviceAddress) -> Bool {
        guard let id = online[address] else { return false }
        let query = nextStanzaID()
        connections[id]?.openQueries[query] = now
        let stanza = Node(
            "iq", ["from": .jid(.service), "type": "get", "id": .text(query), "xmlns": "urn:xmpp:ping", "t": .text("\(now.seconds)")])
        write(stanza, on: id)
        return true
    }

    /// Says that something of the account changed elsewhere: `groups`, `account_sync`, `syncd_app_state`.
    mutating func dirty(_ address: DeviceAddress, type: String) -> Bool {
        guard let id = online[address] else { return false }
        write(Node("ib", ["from": .jid(.service)], [Node("dirty", ["type": .text(type), "timestamp": .text("\(now.seconds)")])]), on: id)
        return true
    }

    /// Queries that were not answered in time.
    mutating func overduePings(_ id: ConnectionID, _ connection: ClientConnection) {
        let limit = now.adding(milliseconds: -settings.ackSeconds * 1_000)
        for (query, asked) in connection.openQueries where asked < limit {
            connections[id]?.openQueries[query] = nil
            note(.acknowledgement, who(id), "missing answer to the service's query \(query)")
        }
    }
}
