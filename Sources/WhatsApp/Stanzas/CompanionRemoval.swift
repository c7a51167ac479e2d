package import Model

/// Unlinking this device. The keys are to be wiped afterwards, whatever the answer. Source: protocol notes on pairing, section 8.
package enum CompanionRemoval {
    package static func query(own: JID) -> Query {
        Query("md", .set, [Node("remove-companion-device", ["jid": .jid(own), "reason": "user_initiated"])])
    }
}
