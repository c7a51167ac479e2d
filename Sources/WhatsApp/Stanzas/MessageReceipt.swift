package import Model

/// The receipts that we send for messages. One of them takes the place of the ack of a message that could be read.
///
/// Source: protocol notes on messages, section 8.
package enum MessageReceipt {
    /// The message has been read by this program and is committed. `isAvailable`: does this device claim to be in front of somebody?
    package static func delivery(of message: IncomingMessage, stanza: Node, isAvailable: Bool) -> Node {
        var attributes = base(stanza)
        if message.isPeer {
            attributes["type"] = "peer_msg"
        } else if message.isFromMe {
            attributes["type"] = "sender"
        } else if message.chat == .status {
            attributes["context"] = "status"
        } else if !isAvailable {
            attributes["type"] = "inactive"
        }
        return Node("receipt", attributes)
    }

    /// A part of the phone's history has been dealt with; comes in addition to the delivery receipt.
    package static func historySync(id: String, own: OwnAddresses) -> Node {
        Node("receipt", ["id": .text(id), "to": .jid(own.phoneNumber.bare), "type": "hist_sync"])
    }

    /// At most this many ids in one read receipt.
    package static let maximumIDs = 256

    /// Messages of one sender in one chat have been seen by a person. `participant` only in groups. nil without ids.
    /// `toOwnDevicesOnly`: the sender is not told, for owners who show nobody what they have read.
    package static func read(
        ids: [String], chat: JID, participant: JID?, at time: Timestamp, toOwnDevicesOnly: Bool = false
    ) -> Node? {
        guard let first = ids.first else { return nil }
        var attributes: Attributes = [
            "id": .text(first), "type": toOwnDevicesOnly ? "read-self" : "read", "to": .jid(chat), "t": .text(String(time.seconds)),
        ]
        attributes["participant"] = participant.map { .jid($0.bare) }
        let others = ids.dropFirst().prefix(maximumIDs - 1).map { Node("item", ["id": .text($0)]) }
        return others.isEmpty ? Node("receipt", attributes) : Node("receipt", attributes, [Node("list", [:], Array(others))])
    }

    static func base(_ stanza: Node) -> Attributes {
        var attributes: Attributes = ["id": stanza.attributes["id"] ?? ""]
        attributes["to"] = stanza.attributes["from"]
        attributes["recipient"] = stanza.attributes["recipient"].map { value in
            value.jid.map { .jid($0.bare) } ?? value
        }
        attributes["participant"] = stanza.attributes["participant"]
        return attributes
    }
}
