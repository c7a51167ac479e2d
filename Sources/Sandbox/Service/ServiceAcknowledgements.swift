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
        let key = "\(tag) \(id) \(to) \(ack.string("participant") ?? "") \(type)"
        guard let stanza = self[address]?.queue.acknowledged(by: ack, tag: tag, id: id, from: to) else {
            throw .acknowledgement(
                self[address]?.queue.wasClosed(key) == true
                    ? "\(tag) \(id) was acknowledged twice" : "ack for \(tag) \(id) of \(to), which is not open")
        }
        try checkEcho(ack, of: stanza, tag: tag, id: id)
        if tag == "message" { try checkMessage(ack, stanza, address) }
        self[address]?.queue.close(stanza, key: key)
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

    /// A message is acknowledged by its receipt; a bare ack counts for one that can not be read.
    private mutating func checkMessage(_ ack: Node, _ stanza: Node, _ address: DeviceAddress) throws(Refusal) {
        let id = stanza.string("id") ?? ""
        if let error = ack.string("error") {
            note(.acknowledgement, address, "message \(id) refused by the client with \(error)")
        } else if stanza.child("enc") != nil, self[address]?.queue.isRetried(stanza) != true {
            throw .acknowledgement("message \(id) wants a receipt, not an ack")
        }
    }
}
