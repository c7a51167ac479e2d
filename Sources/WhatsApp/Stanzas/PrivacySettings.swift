/// What the account's owner lets others see. Source: protocol notes on state, section 7.
package enum PrivacySettings {
    package static let query = Query("privacy", .get, [Node("privacy")])

    /// Whether senders may be told that their messages were read; they may where the service says nothing else.
    package static func showsReading(_ answer: Node) throws(StanzaError) -> Bool {
        guard let privacy = try Query.answer(answer).child("privacy") else { throw .missing("privacy") }
        return privacy.children("category").first { $0.string("name") == "readreceipts" }?.string("value") != "none"
    }
}
