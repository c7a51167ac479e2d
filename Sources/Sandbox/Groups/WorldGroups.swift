import Model
import Signal
import WAProto
import WhatsApp

/// Phones in groups: what they write, read and answer there.
extension World {
    /// Encrypts a message for a group and hands it to the service.
    /// - Returns: the message id.
    mutating func deliver(_ message: WAMessage, _ file: PhoneFile? = nil, from number: String, toGroup id: String) throws(Refusal) -> String {
        guard let group = service.groups[id] else { throw .message(code: 404, "there is no group \(id)") }
        guard var phone = taken(number) else { throw .message(code: 404, "no phone \(number)") }
        defer { phones[number] = phone }
        let all = service.devices(of: group)
        let others = all.subtracting([phone.address]).sorted { $0.description < $1.description }
        let own = service.lidJID(phone.address)
        var needy: [(address: DeviceAddress, lid: JID, wire: JID)] = []
        for device in try phone.needsKey(group, devices: others, own: own, using: &service.rng) {
            let lid = service.lidJID(device)
            if !phone.hasSession(with: lid) {
                guard let bundle = service.takeBundle(of: device) else { continue }
                try phone.startSession(with: lid, bundle, using: &service.rng)
            }
            needy.append((device, lid, service.jid(device, in: group)))
        }
        let messageID = StanzaID.phoneMessage(using: &service.rng)
        let stanza = try phone.compose(
            message, id: messageID, to: group, own: own, needy: needy, phash: ParticipantHash.of(all.map { service.jid($0, in: group) }),
            using: &service.rng)
        let (text, kind) = Phone.describe(message)
        var shown = PhoneMessage(
            revision: 0, id: messageID, chat: group.jid.description, from: number, fromDevice: 0, fromMe: true, text: text, kind: kind,
            time: service.now.iso8601, status: .sent, receipts: [], media: file)
        try phone.take(message, &shown, stanza: stanza, people: people(in: shown.chat))
        phone.show(shown)
        _ = try service.relay(try OutgoingGroupMessage(stanza), from: phone.address)
        return messageID
    }

    mutating func groupMessage(_ stanza: Node, in group: JID, _ number: String) {
        guard let participant = stanza.jid("participant"), let from = service.account(of: participant), let id = stanza.string("id"),
            var phone = taken(number)
        else { return }
        let sender = from.address(participant.device)
        let reading = phone.readInGroup(stanza, group, from: service.lidJID(sender), using: &service.rng)
        var answer: Node? = phone.groupReceipt(for: stanza, isOwn: from.number == number)
        switch reading {
        case .read(let message?):
            do throws(Refusal) {
                try show(message, id: id, stanza: stanza, in: group, from: sender, on: &phone)
            } catch {
                service.note(error, "\(sender) to \(number)")
            }
        case .read(nil), .peer, .duplicate: break
        case .nonsense(let refusal): service.note(refusal, "\(sender) to \(number)")
        case .retry(let refusal):
            service.note(refusal, "\(sender) to \(number)")
            let count = phone.retries["\(participant) \(id)", default: 0] + 1
            phone.retries["\(participant) \(id)"] = count
            answer = count > 5 ? nil : phone.groupRetry(for: stanza, count: count, using: &service.rng)
        }
        phones[number] = phone
        if let answer { service.receipt(answer, from: phone.address) }
        topUp(number)
    }

    mutating func groupReceipt(_ stanza: Node, in group: JID, _ number: String) {
        guard let participant = stanza.jid("participant"), let reader = service.account(of: participant) else { return }
        let type = stanza.string("type") ?? "delivered"
        if type == "retry" { return sendAgain(stanza, in: group, to: reader.address(participant.device), number) }
        let ids = Set(Service.ids(of: stanza))
        guard reader.number != number else {
            phones[number]?.update(ids, where: { !$0.fromMe && $0.chat == group.description }) { $0.status = .read }
            return
        }
        let receipt = PhoneMessage.Receipt(from: reader.address(participant.device).description, type: type, time: service.now.iso8601)
        let others = Set(service.group(group)?.members.map(\.number) ?? []).subtracting([number])
        phones[number]?.update(ids, where: { $0.fromMe && $0.chat == group.description }) { message in
            message.receipts.append(receipt)
            if others.isSubset(of: message.numbers(["read", "played"])) {
                message.status = .read
            } else if message.status == .sent, others.isSubset(of: message.numbers(["delivered", "inactive", "read", "played"])) {
                message.status = .delivered
            }
        }
    }

    /// Serves a retry receipt.
    private mutating func sendAgain(_ stanza: Node, in jid: JID, to target: DeviceAddress, _ number: String) {
        guard var phone = phones[number], let id = stanza.string("id"), let group = service.group(jid) else { return }
        let count = stanza.child("retry")?.uint("count") ?? 1
        let lid = service.lidJID(target)
        do throws(Refusal) {
            if let bundle = RetryReceipt.bundle(of: stanza) {
                try phone.startSession(with: lid, bundle, using: &service.rng)
            } else if count >= 2 || !phone.hasSession(with: lid), let bundle = service.takeBundle(of: target) {
                try phone.startSession(with: lid, bundle, using: &service.rng)
            }
            let again = try phone.composeAgain(
                id, in: group, own: service.lidJID(phone.address), for: (lid, service.jid(target, in: group)), count: count,
                using: &service.rng)
            phones[number] = phone
            _ = try service.relay(try OutgoingGroupMessage(again), from: phone.address)
        } catch {
            service.note(error, number)
        }
    }
}

extension World {
    private func show(
        _ message: WAMessage, id: String, stanza: Node, in group: JID, from: DeviceAddress, on phone: inout Phone
    ) throws(Refusal) {
        guard !phone.shows(id, from: from.number) else { return }
        let (text, kind) = Phone.describe(message)
        let isOwn = from.number == phone.number
        var shown = PhoneMessage(
            revision: 0, id: id, chat: group.description, from: from.number, fromDevice: from.device, fromMe: isOwn, text: text, kind: kind,
            time: service.now.iso8601, status: isOwn ? .sent : .received, receipts: [], media: try file(of: message, id: id))
        try phone.take(message, &shown, stanza: stanza, people: people(in: shown.chat))
        phone.show(shown)
        if !isOwn { phone.keep(message, of: shown, at: service.now) }
    }
}

extension Phone {
    fileprivate func groupReceipt(for stanza: Node, isOwn: Bool) -> Node {
        var receipt = deliveryReceipt(for: stanza)
        receipt["type"] = isOwn ? "sender" : nil
        receipt["participant"] = stanza["participant"]
        return receipt
    }

    fileprivate mutating func groupRetry(for stanza: Node, count: Int, using rng: inout Randomness) -> Node {
        var receipt = retryReceipt(for: stanza, count: count, using: &rng)
        receipt["participant"] = stanza["participant"]
        return receipt
    }
}

extension PhoneMessage {
    /// Numbers that sent a receipt of one of these types.
    fileprivate func numbers(_ types: Set<String>) -> Set<String> {
        Set(receipts.filter { types.contains($0.type) }.compactMap { $0.from.split(separator: ":").first.map(String.init) })
    }
}
