import Model
import WhatsApp

/// Status updates: as in a group, but their author says with each who may read it. Source: protocol notes on messages, section 5.
extension Service {
    /// Everybody whose address book the author stands in; no account of the sandbox narrows it.
    static let statusPrivacy = Node("privacy", [:], [Node("list", ["type": "contacts", "default": "true"])])

    /// Checks, and delivers to all devices that have got the author's key, with this update or before.
    mutating func relayStatus(_ message: OutgoingGroupMessage, from sender: DeviceAddress) throws(Refusal) {
        switch message.form {
        case .single(let copy):
            guard let target = device(of: copy.device) else { throw .message(code: 404, "no device \(copy.device)") }
            try inspect([copy], identity: message.deviceIdentity, from: sender)
            deliver([copy.enc.relayed], of: message, from: sender, to: target)
        case .everybody(let envelope, let enc):
            var copies: [DeviceAddress: OutgoingMessage.Copy] = [:]
            for copy in message.keys {
                guard let target = device(of: copy.device) else {
                    note(.message(code: 0, "\(message.id) has the sender key for \(copy.device), which is no device any more"), sender)
                    continue
                }
                guard target != sender else { throw .message(code: 400, "the sender key for the sending device itself") }
                copies[target] = copy
            }
            try inspect(Array(copies.values), identity: message.deviceIdentity, from: sender)
            let key = SenderKeyLedger.Key(sender: sender, group: message.to.description, keyID: envelope.keyID)
            let holders = try senderKeys.record(envelope, key, given: Set(copies.keys)) ?? Set(copies.keys)
            for target in holders.sorted(by: { $0.description < $1.description }) {
                deliver([copies[target]?.enc.relayed, enc.relayed].compactMap(\.self), of: message, from: sender, to: target)
            }
            note(.message, sender, "\(message.id) to \(message.to), \(holders.count) devices")
        }
    }
}
