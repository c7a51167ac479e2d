package import Model

/// Telling the service that a stanza has been dealt with; without it the stanza comes again and the stream ends in time.
///
/// Send it after the commit of whatever the stanza caused. Source: protocol notes on messages, section 8.
package enum Acknowledgement {
    /// Why a message can never be used, in the service's numbers.
    package enum Refusal: Int, Sendable {
        case unparsable = 487, unknownStanza = 488, malformedProtobuf = 491, oldCounter = 496, unhandled = 500
    }

    /// The ack of any stanza; `own` (with device) is named when messages are acknowledged.
    package static func node(for stanza: Node, own: JID?, refusal: Refusal? = nil) -> Node {
        var attributes: Attributes = ["class": .text(stanza.tag), "id": stanza.attributes["id"] ?? ""]
        attributes["to"] = stanza.attributes["from"]
        attributes["participant"] = stanza.attributes["participant"]
        attributes["recipient"] = stanza.attributes["recipient"]
        if stanza.tag == "message" {
            attributes["from"] = own.map { .jid($0) }
        } else if !isIdentityChange(stanza) {
            attributes["type"] = stanza.attributes["type"]
        }
        attributes["error"] = refusal.map { .text(String($0.rawValue)) }
        return Node("ack", attributes)
    }

    private static func isIdentityChange(_ stanza: Node) -> Bool {
        stanza.tag == "notification" && stanza.string("type") == "encrypt" && stanza.child("identity") != nil
    }
}
