import Model
import WhatsApp

/// Receipts in groups: each member's goes to the author of the message. Source: protocol notes on messages, section 8.
extension Service {
    mutating func takeGroupReceipt(_ stanza: Node, type: String, in to: JID, from address: DeviceAddress) throws(Refusal) {
        guard let id = stanza.string("id"), let group = group(to) else { throw .receipt("sent to \(to), which does not exist") }
        guard let participant = stanza.jid("participant"), let author = account(of: participant) else {
            throw .receipt("\(id): no participant who wrote the message")
        }
        switch type {
        case "read", "read-self", "played", "played-self":
            guard Self.ids(of: stanza).count <= 256 else { throw .receipt("more than 256 ids") }
            guard participant.device == 0 else { throw .receipt("\(id): a read receipt names the person, not a device") }
            if type == "read" || type == "played" { forward(stanza, to: author, in: group, from: address) }
            forward(stanza, to: accounts[address.number], in: group, from: address)
        case "retry":
            try RetryReceipt.check(stanza, isFromPhone: address.isPhone)
            if let message = self[address]?.queue.written("message", id: id) { markRetried(message, from: address) }
            guard let target = device(of: participant) else { throw .receipt("retry to \(participant), which is no device") }
            gaveAwayKey(of: stanza, from: address)
            note(.receipt, address, "asks \(target) to send \(id) again")
            deliver(forwarded(stanza, in: group, from: address), to: target)
        default:
            if !address.isPhone { try close(stanza, type: type, author: author, in: group, from: address) }
            if type.isEmpty || type == "inactive" { forward(stanza, to: author, in: group, from: address) }
        }
    }

    private mutating func close(
        _ stanza: Node, type: String, author: Account, in group: Group, from address: DeviceAddress
    ) throws(Refusal) {
        for id in Self.ids(of: stanza) {
            let key = "message \(id) \(group.jid) \(type)"
            guard let message = self[address]?.queue.written("message", id: id) else {
                throw .acknowledgement(
                    self[address]?.queue.wasClosed(key) == true ? "receipt for \(id) came twice" : "receipt for \(id), which is not open")
            }
            guard message.jid("from") == group.jid else { throw .receipt("\(id): to is not the message's from") }
            guard stanza.jid("participant") == message.jid("participant") else { throw .receipt("\(id): participant is not echoed") }
            let right = author.number == address.number ? type == "sender" : type.isEmpty || type == "inactive"
            guard right else { throw .receipt("\(id): type \(type) is wrong for its author") }
            self[address]?.queue.close(message, key: key)
        }
        pump(address)
    }

    private func forwarded(_ stanza: Node, in group: Group, from address: DeviceAddress) -> Node {
        var receipt = Node(
            "receipt",
            ["from": .jid(group.jid), "participant": .jid(jid(address, in: group)), "t": .text("\(now.seconds)")])
        receipt["id"] = stanza["id"]
        receipt["type"] = stanza["type"]
        receipt.content = stanza.content
        return receipt
    }

    private mutating func forward(_ stanza: Node, to account: Account?, in group: Group, from address: DeviceAddress) {
        guard let account else { return }
        let receipt = forwarded(stanza, in: group, from: address)
        for number in account.deviceNumbers where account.address(number) != address { deliver(receipt, to: account.address(number)) }
        note(.receipt, account.number, StanzaSummary.of(receipt))
    }
}
