import Model
import WhatsApp

/// Receipts in groups, and of status updates: each member's goes to the author of the message. Source: protocol notes on messages, section 8.
extension Service {
    mutating func takeGroupReceipt(_ stanza: Node, type: String, in to: JID, from address: DeviceAddress) throws(Refusal) {
        guard let id = stanza.string("id"), to == .status || group(to) != nil else { throw .receipt("sent to \(to), which does not exist") }
        guard let participant = stanza.jid("participant"), let author = account(of: participant) else {
            throw .receipt("\(id): no participant who wrote the message")
        }
        switch type {
        case "read", "read-self", "played", "played-self":
            guard Self.ids(of: stanza).count <= 256 else { throw .receipt("more than 256 ids") }
            guard participant.device == 0 else { throw .receipt("\(id): a read receipt names the person, not a device") }
            if type == "read" || type == "played" { forward(stanza, to: author, in: to, from: address) }
            forward(stanza, to: accounts[address.number], in: to, from: address)
        case "retry":
            try RetryReceipt.check(stanza, isFromPhone: address.isPhone)
            if let message = self[address]?.queue.written("message", id: id) { markRetried(message, from: address) }
            guard let target = device(of: participant) else { throw .receipt("retry to \(participant), which is no device") }
            gaveAwayKey(of: stanza, from: address)
            note(.receipt, address, "asks \(target) to send \(id) again")
            deliver(forwarded(stanza, in: to, from: address), to: target)
        default:
            if !address.isPhone { try close(stanza, type: type, author: author, in: to, from: address) }
            if type.isEmpty || type == "inactive" { forward(stanza, to: author, in: to, from: address) }
        }
    }

    private mutating func close(
        _ stanza: Node, type: String, author: Account, in chat: JID, from address: DeviceAddress
    ) throws(Refusal) {
        for id in Self.ids(of: stanza) {
            let key = "message \(id) \(chat) \(type)"
            guard let message = self[address]?.queue.written("message", id: id) else {
                throw .acknowledgement(
                    self[address]?.queue.wasClosed(key) == true ? "receipt for \(id) came twice" : "receipt for \(id), which is not open")
            }
            guard message.jid("from") == chat else { throw .receipt("\(id): to is not the message's from") }
            guard stanza.jid("participant") == message.jid("participant") else { throw .receipt("\(id): participant is not echoed") }
            let right = author.number == address.number ? type == "sender" : type.isEmpty || type == "inactive"
            guard right else { throw .receipt("\(id): type \(type) is wrong for its author") }
            self[address]?.queue.close(message, key: key)
        }
        pump(address)
    }

    private func forwarded(_ stanza: Node, in chat: JID, from address: DeviceAddress) -> Node {
        var receipt = Node(
            "receipt",
            ["from": .jid(chat), "participant": .jid(jid(address, in: chat)), "t": .text("\(now.seconds)")])
        receipt["id"] = stanza["id"]
        receipt["type"] = stanza["type"]
        receipt.content = stanza.content
        return receipt
    }

    private mutating func forward(_ stanza: Node, to account: Account?, in chat: JID, from address: DeviceAddress) {
        guard let account else { return }
        let receipt = forwarded(stanza, in: chat, from: address)
        for number in account.deviceNumbers where account.address(number) != address { deliver(receipt, to: account.address(number)) }
        note(.receipt, account.number, StanzaSummary.of(receipt))
    }
}
