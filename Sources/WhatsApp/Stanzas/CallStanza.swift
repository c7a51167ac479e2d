package import Model

/// News about a call (`<call>`); each is acknowledged. Source: protocol notes on messages, section 11.
package struct CallStanza: Equatable, Sendable {
    package let from: JID
    package let phoneNumber: JID?
    package let callID: String
    package let creator: JID?
    /// Somebody calls: the other kinds tell how it went on.
    package let isOffer: Bool
    package let isVideo: Bool
    package let isGroup: Bool

    /// nil where nothing usable stands in it; it is acknowledged all the same.
    package init?(_ node: Node) {
        guard node.tag == "call", let from = node.jid("from"), !from.user.isEmpty, let event = node.children.first,
            let callID = event.string("call-id"), MessageID.isUsable(callID)
        else { return nil }
        self.from = from
        self.callID = callID
        creator = event.jid("call-creator").flatMap { $0.user.isEmpty ? nil : $0 }
        phoneNumber = event.jid("caller_pn").flatMap { $0.server == .phoneNumber && !$0.user.isEmpty ? $0.bare : nil } ?? (from.server == .phoneNumber ? from.bare : nil)
        isOffer = event.tag == "offer" || event.tag == "offer_notice"
        isVideo = event.child("video") != nil || event.string("media") == "video"
        isGroup = event.string("group-jid") != nil || event.string("type") == "group"
    }
}
