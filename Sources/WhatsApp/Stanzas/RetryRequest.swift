package import Model

/// A device could not read a message of ours and asks for it again: what a receipt of type `retry` says beyond ``Receipt``.
///
/// Source: protocol notes on messages, section 9; whatsmeow `retry.go`.
package struct RetryRequest: Sendable {
    package let messageID: String
    /// From 1. The asking device gives up after ``RetryReceipt/maximumCount``.
    package let count: Int
    /// As it came; goes back on the new copy.
    package let timestamp: String?
    /// The device's registration number: another one than that of the session means that it was installed anew.
    package let registrationID: UInt32?
    /// Fresh keys to start a session with; unchecked, as with ``PreKeyFetch``.
    package let keys: PreKeyFetch.DeviceKeys?
    package let chat: JID
    /// The other name (LID or phone number) of a person's chat, where the stanza tells.
    package let chatAlternative: JID?
    /// The device that asks.
    package let sender: JID
    /// It is another device of the own account.
    package let isFromMe: Bool

    /// Throws for what names no message or no device, and for keys that are incomplete.
    package init(_ node: Node, own: OwnAddresses) throws(StanzaError) {
        guard let retry = node.child("retry") else { throw .missing("retry") }
        let receipt = try Receipt(node, own: own)
        guard let sender = receipt.sender, !sender.user.isEmpty else { throw .missing("participant") }
        guard let id = retry.string("id") ?? node.string("id"), MessageID.isUsable(id) else { throw .missing("id") }
        guard let count = Int(exactly: retry.uint("count") ?? 1), count > 0 else { throw .invalid("count") }
        messageID = id
        self.count = count
        timestamp = retry.uint("t").map { String($0) }
        registrationID = node.child("registration")?.bytes.flatMap { $0.count == 4 ? KeyBytes.number($0) : nil }
        keys = try Self.keys(of: node)
        chat = receipt.chat
        chatAlternative = receipt.chatAlternative
        self.sender = sender
        isFromMe = receipt.isFromMe
    }

    /// The keys look as in a bundle of the service, but for the registration, which stands beside them.
    private static func keys(of node: Node) throws(StanzaError) -> PreKeyFetch.DeviceKeys? {
        guard let keys = node.child("keys") else { return nil }
        return try PreKeyFetch.keys(of: Node("user", [:], node.children("registration") + keys.children))
    }
}
