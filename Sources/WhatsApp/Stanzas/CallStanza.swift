package import Model

/// News about a call (`<call>`); each is acknowledged. Source: protocol notes on messages, section 11.
package struct CallStanza: Equatable, Sendable {
    package enum Event: Equatable, Sendable {
        /// Somebody calls.
        case offer
        /// It is over, for a reason in the service's words: `timeout`, `accepted_elsewhere`, `rejected_elsewhere`, …
        case terminated(String)
        /// By another device.
        case rejected
        /// How the connection is made; nothing to this client.
        case other
    }

    package let event: Event
    package let from: JID
    package let phoneNumber: JID?
    package let callID: String
    package let creator: JID?
    package let isVideo: Bool
    package let isGroup: Bool
    package let timestamp: Timestamp?

    /// nil where nothing usable stands in it; it is acknowledged all the same.
    package init?(_ node: Node) {
        guard node.tag == "call", let from = node.jid("from"), !from.user.isEmpty, let event = node.children.first,
            let callID = event.string("call-id"), MessageID.isUsable(callID)
        else { return nil }
        self.from = from
        self.callID = callID
        timestamp = node.moment("t")
        creator = event.jid("call-creator").flatMap { $0.user.isEmpty ? nil : $0 }
        phoneNumber =
            event.jid("caller_pn").flatMap { $0.server == .phoneNumber && !$0.user.isEmpty ? $0.bare : nil }
            ?? (from.server == .phoneNumber ? from.bare : nil)
        isVideo = event.child("video") != nil || event.string("media") == "video"
        isGroup = event.string("group-jid") != nil || event.string("type") == "group"
        self.event =
            switch event.tag {
            case "offer", "offer_notice": .offer
            case "terminate": .terminated(event.string("reason") ?? "")
            case "reject": .rejected
            default: .other
            }
    }

    /// Somebody calls: the other kinds tell how it went on.
    package var isOffer: Bool { event == .offer }

    /// Refuses a call. Source: whatsmeow `call.go`, RejectCall.
    /// - Parameters:
    ///   - id: of the stanza.
    ///   - caller: where the offer came from.
    package static func rejection(of callID: String, caller: JID, creator: JID, own: OwnAddresses, id: String) -> Node {
        Node(
            "call", ["id": .text(id), "from": .jid(own.phoneNumber.bare), "to": .jid(caller.bare)],
            [Node("reject", ["call-id": .text(callID), "call-creator": .jid(creator.bare), "count": "0"])])
    }
}
