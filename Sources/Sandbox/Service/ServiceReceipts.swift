import CryptoPrimitives
import Model
import Signal
import WhatsApp

/// Receipts: they acknowledge messages and travel on to the sender. Source: protocol notes on messages, section 8.
extension Service {
    private static let types: Set<String> = [
        "", "inactive", "sender", "peer_msg", "hist_sync", "read", "read-self", "played", "played-self", "retry", "server-error",
    ]

    mutating func receipt(_ stanza: Node, from address: DeviceAddress) {
        do throws(Refusal) {
            try take(stanza, from: address)
        } catch {
            note(error, address)
        }
        reply(acknowledgement(of: stanza, class: "receipt"), to: address)
    }

    /// All ids that a receipt speaks of: its own and those of its list.
    static func ids(of receipt: Node) -> [String] {
        let listed = receipt.child("list")?.children("item").compactMap { $0.string("id") } ?? []
        return (receipt.string("id").map { [$0] } ?? []) + listed
    }

    private mutating func take(_ stanza: Node, from address: DeviceAddress) throws(Refusal) {
        let type = stanza.string("type") ?? ""
        guard let id = stanza.string("id"), !id.isEmpty else { throw .receipt("no id") }
        guard Self.types.contains(type) else { throw .receipt("type \(type) is unknown") }
        if let to = stanza.jid("to"), to.isGroup || to == .status { return try takeGroupReceipt(stanza, type: type, in: to, from: address) }
        guard let to = stanza.jid("to"), let account = account(of: to) else { throw .receipt("\(id): sent to nobody") }
        switch type {
        case "read", "read-self", "played", "played-self":
            try routeRead(stanza, type: type, from: address, to: account)
        case "retry":
            try RetryReceipt.check(stanza, isFromPhone: address.isPhone)
            try closeRetried(stanza, from: address)
            try routeRetry(stanza, from: address, to: to)
        case "server-error":
            mail(.stanza(forwarded(stanza, from: address)), to: account.number)
        default:
            if !address.isPhone { try close(stanza, type: type, to: to, from: address) }
            if type.isEmpty || type == "inactive" { route(forwarded(stanza, from: address), to: account) }
            if type == "peer_msg" || type == "hist_sync" { mail(.stanza(forwarded(stanza, from: address)), to: address.number) }
        }
    }

    /// A delivery receipt is the acknowledgement of its message, if it has the right form.
    private mutating func close(_ stanza: Node, type: String, to: JID, from address: DeviceAddress) throws(Refusal) {
        for id in Self.ids(of: stanza) {
            let key = "message \(id) \(to) \(type)"
            guard let message = self[address]?.queue.written("message", id: id) else {
                if type == "peer_msg" || type == "hist_sync" || type == "sender" { continue }
                throw .acknowledgement(
                    self[address]?.queue.wasClosed(key) == true ? "receipt for \(id) came twice" : "receipt for \(id), which is not open")
            }
            try ReceiptForm.check(stanza, type: type, to: to, for: message)
            self[address]?.queue.close(message, key: key)
        }
        pump(address)
    }

    private mutating func closeRetried(_ stanza: Node, from address: DeviceAddress) throws(Refusal) {
        guard let id = stanza.string("id"), let message = self[address]?.queue.written("message", id: id) else { return }
        guard stanza.jid("to") == message.jid("from") else { throw .receipt("retry of \(id) is not addressed to its sending device") }
        markRetried(message, from: address)
    }

    mutating func markRetried(_ message: Node, from address: DeviceAddress) {
        self[address]?.queue.markRetried(message, key: Self.closingKey(ofAckFor: message))
        pump(address)
    }

    private func forwarded(_ stanza: Node, from address: DeviceAddress) -> Node {
        var receipt = Node("receipt", ["from": .jid(lidJID(address)), "t": .text("\(now.seconds)")])
        receipt["id"] = stanza["id"]
        receipt["type"] = stanza["type"]
        receipt.content = stanza.content
        return receipt
    }

    private mutating func route(_ receipt: Node, to account: Account) {
        for number in account.deviceNumbers { deliver(receipt, to: account.address(number)) }
        note(.receipt, account.number, StanzaSummary.of(receipt))
    }

    private mutating func routeRead(_ stanza: Node, type: String, from address: DeviceAddress, to account: Account) throws(Refusal) {
        guard Self.ids(of: stanza).count <= 256 else { throw .receipt("more than 256 ids") }
        guard account.number != address.number else { throw .receipt("\(type) receipt to oneself") }
        let receipt = forwarded(stanza, from: address)
        if type == "read" || type == "played" { route(receipt, to: account) }
        // Own other devices learn it too, with the chat in `recipient`.
        var own = receipt
        own["recipient"] = .jid(account.lidJID)
        for number in accounts[address.number]?.deviceNumbers ?? [] where number != address.device {
            deliver(own, to: DeviceAddress(number: address.number, device: number))
        }
    }

    /// The one-time key in a retry receipt may be used as if the service had handed it out.
    mutating func gaveAwayKey(of stanza: Node, from address: DeviceAddress) {
        guard let key = RetryReceipt.bundle(of: stanza)?.preKey else { return }
        self[address]?.keys.gaveAway(key.id)
        if address.isPhone { accounts[address.number]?.phoneKeys.gaveAway(key.id) }
    }

    private mutating func routeRetry(_ stanza: Node, from address: DeviceAddress, to: JID) throws(Refusal) {
        guard let target = device(of: to) else { throw .receipt("retry to \(to), which is no device") }
        gaveAwayKey(of: stanza, from: address)
        var receipt = forwarded(stanza, from: address)
        receipt["recipient"] = stanza["recipient"]
        note(.receipt, address, "asks \(target) to send \(stanza.string("id") ?? "") again")
        deliver(receipt, to: target)
    }
}

/// Which receipt acknowledges which message.
enum ReceiptForm {
    static func check(_ receipt: Node, type: String, to: JID, for message: Node) throws(Refusal) {
        let id = message.string("id") ?? ""
        if message.string("category") == "peer" {
            guard ["peer_msg", "hist_sync", "sender"].contains(type) else { throw .receipt("\(id): a peer message wants type peer_msg") }
            return
        }
        guard to == message.jid("from") else { throw .receipt("\(id): to is not the message's from, device included") }
        if let chat = message.jid("recipient") {
            guard type == "sender" else { throw .receipt("\(id): a copy of an own message wants type sender") }
            guard receipt.jid("recipient")?.bare == chat.bare else { throw .receipt("\(id): recipient is not echoed") }
        } else {
            guard type.isEmpty || type == "inactive" else { throw .receipt("\(id): type \(type) for somebody else's message") }
        }
    }
}

/// The content of a retry receipt. Source: protocol notes on messages, section 9.
enum RetryReceipt {
    static func check(_ stanza: Node, isFromPhone: Bool) throws(Refusal) {
        guard let retry = stanza.child("retry"), let count = retry.uint("count"), (1...5).contains(count),
            retry.string("id") == stanza.string("id"),
            retry.uint("t") != nil, retry.string("v") == "1"
        else { throw .receipt("retry without count 1 to 5, id, t or v=1") }
        guard stanza.child("registration")?.bytes?.count == 4 else { throw .receipt("retry without a registration of 4 bytes") }
        guard let keys = stanza.child("keys") else { return }
        // A phone is nobody's linked device, so that it has no such proof.
        guard bundle(of: stanza) != nil, isFromPhone || keys.child("device-identity") != nil else {
            throw .receipt("retry with incomplete keys or a wrong signature")
        }
    }

    /// The keys that the asking device sent along; nil where there are none or the signature is wrong.
    static func bundle(of stanza: Node) -> PreKeyBundle? {
        guard let keys = stanza.child("keys"), keys.child("type")?.bytes == [5],
            let identity = PublicKey(raw: keys.child("identity")?.bytes ?? []),
            let registration = UInt32(bigEndian: stanza.child("registration")?.bytes ?? [], count: 4), let skey = keys.child("skey"),
            let signed = try? PreKeyRegister.SignedKey(
                id: skey.child("id")?.bytes, key: skey.child("value")?.bytes, signature: skey.child("signature")?.bytes, identity: identity)
        else { return nil }
        var preKey: (id: UInt32, key: PublicKey)?
        if let node = keys.child("key") {
            guard let id = UInt32(bigEndian: node.child("id")?.bytes ?? [], count: 3),
                let key = PublicKey(raw: node.child("value")?.bytes ?? [])
            else { return nil }
            preKey = (id, key)
        }
        return PreKeyBundle(
            registrationID: registration, identity: identity, signedPreKeyID: signed.id, signedPreKey: signed.key,
            signedPreKeySignature: signed.signature, preKey: preKey)
    }
}
