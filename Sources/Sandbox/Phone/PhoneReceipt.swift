import Model
import WhatsApp

/// Receipts that a phone's owner causes.
enum PhoneReceipt {
    /// One receipt for several messages of one chat.
    static func read(first: String, others: [String], chat: JID, now: Timestamp) -> Node {
        var receipt = Node("receipt", ["id": .text(first), "to": .jid(chat), "type": "read", "t": .text("\(now.seconds)")])
        if !others.isEmpty { receipt.content = .nodes([Node("list", [:], others.map { Node("item", ["id": .text($0)]) })]) }
        return receipt
    }
}
