import Model
import Signal
import WAProto
import WhatsApp

/// What phones do with the messages and receipts that the service delivers.
extension World {
    mutating func message(_ stanza: Node, _ number: String) {
        if let group = stanza.jid("from"), group.isGroup || group == .status { return groupMessage(stanza, in: group, number) }
        guard let sender = stanza.jid("from"), let from = service.account(of: sender), let id = stanza.string("id"),
            var phone = taken(number)
        else { return }
        let reading = phone.read(stanza, from: sender, using: &service.rng)
        var answer: Node? = phone.deliveryReceipt(for: stanza)
        var reply: String?
        var order: WAMessage?
        switch reading {
        case .read(let message?):
            do throws(Refusal) {
                reply = try show(message, id: id, stanza: stanza, from: from.address(sender.device), on: &phone)
            } catch {
                service.note(error, "\(from.address(sender.device)) to \(number)")
            }
        case .peer(let message): order = message
        case .read(nil), .duplicate:
            break
        case .nonsense(let refusal):
            service.note(refusal, "\(from.address(sender.device)) to \(number)")
        case .retry(let refusal):
            service.note(refusal, "\(from.address(sender.device)) to \(number)")
            let count = phone.retries["\(sender) \(id)", default: 0] + 1
            phone.retries["\(sender) \(id)"] = count
            answer = count > 5 ? nil : phone.retryReceipt(for: stanza, count: count, using: &service.rng)
        }
        phones[number] = phone
        if let answer { service.receipt(answer, from: phone.address) }
        topUp(number)
        if let order, from.number == number { peerMessage(order, id: id, from: sender, number) }
        if let reply { self.reply(reply, from: number, to: from.number) }
    }

    /// - Returns: the automatic answer that is due.
    private func show(_ message: WAMessage, id: String, stanza: Node, from: DeviceAddress, on phone: inout Phone) throws(Refusal) -> String? {
        guard !phone.shows(id, from: from.number) else { return nil }
        let (text, kind) = Phone.describe(message)
        let fromMe = from.number == phone.number
        let chat = fromMe ? stanza.jid("recipient").flatMap { service.account(of: $0)?.number } : from.number
        var shown = PhoneMessage(
            revision: 0, id: id, chat: chat ?? from.number, from: from.number, fromDevice: from.device, fromMe: fromMe, text: text, kind: kind,
            time: service.now.iso8601, status: fromMe ? .sent : .received, receipts: [], media: try file(of: message, id: id))
        try phone.take(message, &shown, stanza: stanza, people: people(in: shown.chat))
        phone.show(shown)
        if !fromMe { phone.keep(message, of: shown, at: service.now) }
        return fromMe || kind != "text" || automatic.contains(id) ? nil : phone.automaticAnswer
    }

    private mutating func reply(_ text: String, from number: String, to other: String) {
        do throws(Refusal) {
            automatic.insert(try deliver(plain(text), from: number, to: other, isAutomatic: true))
        } catch {
            service.note(error, number)
        }
    }

    mutating func receipt(_ stanza: Node, _ number: String) {
        if let group = stanza.jid("from"), group.isGroup || group == .status { return groupReceipt(stanza, in: group, number) }
        guard let from = stanza.jid("from"), let account = service.account(of: from) else { return }
        let type = stanza.string("type") ?? "delivered"
        if type == "retry" {
            sendAgain(stanza, to: from, number)
            return
        }
        guard stanza["recipient"] == nil else {
            markReadElsewhere(stanza, number)
            return
        }
        let ids = Set(Service.ids(of: stanza))
        let receipt = PhoneMessage.Receipt(from: account.address(from.device).description, type: type, time: service.now.iso8601)
        phones[number]?.update(ids, where: { $0.fromMe && $0.chat == account.number }) { message in
            message.receipts.append(receipt)
            if type == "read" || type == "played" {
                message.status = .read
            } else if message.status == .sent, type == "delivered" || type == "inactive" {
                message.status = .delivered
            }
        }
    }

    mutating func typing(_ stanza: Node, _ number: String) {
        guard let from = stanza.jid("from"), let author = service.account(of: stanza.jid("participant") ?? from), let state = stanza.children.first
        else { return }
        phones[number]?.note(
            PhoneTyping(
                chat: from.isGroup ? from.description : author.number, from: author.number,
                state: state.string("media") == "audio" ? "recording" : state.tag, time: service.now.iso8601))
    }

    private mutating func markReadElsewhere(_ stanza: Node, _ number: String) {
        phones[number]?.update(Set(Service.ids(of: stanza)), where: { !$0.fromMe }) { $0.status = .read }
    }

    /// Serves a retry receipt.
    private mutating func sendAgain(_ stanza: Node, to device: JID, _ number: String) {
        let count = stanza.child("retry")?.uint("count") ?? 1
        guard var phone = phones[number], let id = stanza.string("id"), let target = service.device(of: device) else { return }
        do throws(Refusal) {
            if let bundle = RetryReceipt.bundle(of: stanza) {
                try phone.startSession(with: device, bundle, using: &service.rng)
            } else if count >= 2 || !phone.hasSession(with: device), let bundle = service.takeBundle(of: target) {
                try phone.startSession(with: device, bundle, using: &service.rng)
            }
            let again = try phone.composeAgain(id, for: device, count: count, using: &service.rng)
            phones[number] = phone
            _ = try service.relay(try OutgoingMessage(again), from: phone.address)
        } catch {
            service.note(error, number)
        }
    }
}
