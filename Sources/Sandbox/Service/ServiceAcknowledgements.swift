import Model
import WhatsApp

/// `<ack>` of clients: every notification, receipt and call wants exactly one, in the right form.
/// Source: protocol notes on messages, section 8.
extension Service {
    mutating func acknowledgement(_ ack: Node, from address: DeviceAddress) {
        do throws(Refusal) {
            try take(ack, from: address)
        } catch {
            note(error, address)
        }
        pump(address)
    }

    private mutating func take(_ ack: Node, from address: DeviceAddress) throws(Refusal) {
        guard let tag = ack.string("class"), let id = ack.string("id"), let to = ack.jid("to") else {
            throw .acknowledgement("ack without class, id or to")
        }
        let type = ack.string("type") ?? ""
        let key = Self.closingKey(tag, id: id, to: to, participant: ack.string("participant"), type: type)
        guard let stanza = self[address]?.queue.acknowledged(by: ack, tag: tag, id: id, from: to) else {
            throw .acknowledgement(
                self[address]?.queue.wasClosed(key) == true
                    ? "\(tag) \(id) was acknowledged twice" : "ack for \(tag) \(id) of \(to), which is not open")
        }
        try checkEcho(ack, of: stanza, tag: tag, id: id)
        if tag == "message", try !closes(ack, stanza, address) { return }
        self[address]?.queue.close(stanza, key: key)
    }

    private static func closingKey(_ tag: String, id: String, to: JID, participant: String?, type: String) -> String {
        "\(tag) \(id) \(to) \(participant ?? "") \(type)"
    }

    /// What an ack for this message is remembered as.
    static func closingKey(ofAckFor message: Node) -> String {
        let from = message.jid("from") ?? .service
        return closingKey("message", id: message.string("id") ?? "", to: from, participant: message.string("participant"), type: "")
    }

    /// Nothing answered it in time, or only an ack.
    mutating func noteOverdue(_ entry: DeliveryQueue.Entry, _ address: DeviceAddress) {
        if entry.acknowledgedAt != nil { return note(.acknowledgement("message \(entry.id) wants a receipt, not an ack"), address) }
        note(.acknowledgement, address, "missing for \(StanzaSummary.of(entry.stanza))")
    }

    private func checkEcho(_ ack: Node, of stanza: Node, tag: String, id: String) throws(Refusal) {
        for name in ["participant", "recipient"] where ack.jid(name) != stanza.jid(name) {
            throw .acknowledgement("\(tag) \(id): \(name) is not echoed")
        }
        guard tag != "message" else { return }
        let isIdentityChange = stanza.string("type") == "encrypt" && stanza.child("identity") != nil
        guard isIdentityChange || ack.string("type") == stanza.string("type") else {
            throw .acknowledgement("\(tag) \(id): type is not echoed")
        }
    }

    /// A message is acknowledged by its receipt; a bare ack counts for one that can not be read: the client has asked for it again, is about
    /// to, or has asked as often as it may.
    private mutating func closes(_ ack: Node, _ stanza: Node, _ address: DeviceAddress) throws(Refusal) -> Bool {
        let id = stanza.string("id") ?? ""
        if let error = ack.string("error") {
            note(.acknowledgement, address, "message \(id) refused by the client with \(error)")
            return true
        }
        let copies = stanza.children("enc")
        if copies.isEmpty || copies.contains(where: Self.isLastCopy) || self[address]?.queue.isRetried(stanza) == true { return true }
        let now = now
        guard self[address]?.queue.markAcknowledged(stanza, now: now) == true else {
            throw .acknowledgement("message \(id) was acknowledged twice")
        }
        return false
    }

    private static func isLastCopy(_ enc: Node) -> Bool {
        enc.uint("count").map { $0 >= UInt64(WhatsApp.RetryReceipt.maximumCount) } ?? false
    }
}
