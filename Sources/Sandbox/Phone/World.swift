import Model
import Signal
import WAProto
import WhatsApp

/// The service and all phones: the whole simulation as one value.
///
/// Every event goes in here; afterwards the owner carries out ``takeActions()``.
struct World: Sendable {
    var service: Service
    /// By number.
    private(set) var phones: [String: Phone] = [:]
    /// Ids of automatic answers, which are never answered automatically: two such phones would talk for ever.
    private var automatic: Set<String> = []

    init(service: Service) { self.service = service }

    /// Rounds of mail after one event; more can only be two parties in a loop.
    private static let roundLimit = 10_000

    mutating func opened(now: Timestamp) -> ConnectionID { service.opened(now: now) }

    mutating func received(_ bytes: [UInt8], on id: ConnectionID, now: Timestamp) {
        service.received(bytes, on: id, now: now)
        settle()
    }

    mutating func closed(_ id: ConnectionID, now: Timestamp) {
        service.closed(id, now: now)
        settle()
    }

    mutating func tick(now: Timestamp) {
        service.tick(now: now)
        settle()
    }

    mutating func takeActions() -> [ServiceAction] { service.takeActions() }

    subscript(number: String) -> Phone? {
        get { phones[number] }
        set { phones[number] = newValue }
    }

    /// Lets the phones read their mail, and what that leads to, until all is quiet.
    mutating func settle() {
        for _ in 0..<Self.roundLimit {
            let mail = service.takePhoneMail()
            if mail.isEmpty { return }
            for letter in mail {
                guard phones[letter.number]?.isOnline == true else {
                    phones[letter.number]?.waiting.append(letter.content)
                    continue
                }
                handle(letter.content, number: letter.number)
            }
        }
    }

    private mutating func handle(_ content: Service.PhoneMail.Content, number: String) {
        switch content {
        case .stanza(let stanza) where stanza.tag == "message": message(stanza, number)
        case .stanza(let stanza) where stanza.tag == "receipt": receipt(stanza, number)
        case .stanza(let stanza) where stanza.tag == "call": callRejected(stanza, number)
        case .stanza: break
        case .firstActive(let device): greet(device, number)
        case .devicesRemoved: signKeyIndexList(number)
        }
    }

    private mutating func message(_ stanza: Node, _ number: String) {
        guard var phone = phones[number], let sender = stanza.jid("from"), let from = service.account(of: sender), let id = stanza.string("id")
        else { return }
        let reading = phone.read(stanza, from: sender, using: &service.rng)
        var answer: Node? = phone.deliveryReceipt(for: stanza)
        var reply: String?
        switch reading {
        case .read(let message?):
            reply = show(message, id: id, stanza: stanza, from: from.address(sender.device), on: &phone)
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
        if let reply { self.reply(reply, from: number, to: from.number) }
    }

    /// - Returns: the automatic answer that is due.
    private func show(_ message: WAMessage, id: String, stanza: Node, from: DeviceAddress, on phone: inout Phone) -> String? {
        guard !phone.shows(id, from: from.number) else { return nil }
        let (text, kind) = Phone.describe(message)
        let fromMe = from.number == phone.number
        let chat = fromMe ? stanza.jid("recipient").flatMap { service.account(of: $0)?.number } : from.number
        phone.show(
            PhoneMessage(
                revision: 0, id: id, chat: chat ?? from.number, from: from.number, fromDevice: from.device, fromMe: fromMe, text: text, kind: kind,
                time: service.now.iso8601, status: fromMe ? .sent : .received, receipts: []))
        return fromMe || kind != "text" || automatic.contains(id) ? nil : phone.automaticAnswer
    }

    private mutating func reply(_ text: String, from number: String, to other: String) {
        do throws(Refusal) {
            automatic.insert(try deliver(text, from: number, to: other, isAutomatic: true))
        } catch {
            service.note(error, number)
        }
    }

    private mutating func receipt(_ stanza: Node, _ number: String) {
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
        phones[number]?.update(where: { $0.fromMe && $0.chat == account.number && ids.contains($0.id) }) { message in
            message.receipts.append(receipt)
            if type == "read" || type == "played" {
                message.status = .read
            } else if message.status == .sent, type == "delivered" || type == "inactive" {
                message.status = .delivered
            }
        }
    }

    private mutating func markReadElsewhere(_ stanza: Node, _ number: String) {
        let ids = Set(Service.ids(of: stanza))
        phones[number]?.update(where: { !$0.fromMe && ids.contains($0.id) }) { $0.status = .read }
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

    private mutating func topUp(_ number: String) {
        guard let left = service.accounts[number]?.phoneKeys.oneTimeKeys.count, left < Phone.preKeyLow else { return }
        uploadPreKeys(number)
    }
}

extension World {
    /// A new person with a phone; nil where the number is taken.
    mutating func addPhone(number: String, name: String) -> Phone? {
        guard phones[number] == nil else { return nil }
        var lid: String
        repeat { lid = "\(UInt64.random(in: 100_000_000_000_000...299_999_999_999_999, using: &service.rng))" } while service.numbersByLID[lid] != nil
        let (phone, account) = Phone.register(number: number, name: name, lid: lid, using: &service.rng)
        service.add(account)
        phones[number] = phone
        uploadPreKeys(number)
        service.note(.phone, number, "new phone, LID \(lid)")
        return phones[number]
    }

    mutating func uploadPreKeys(_ number: String) {
        guard let keys = phones[number]?.store.addPreKeys(Phone.preKeyBatch, using: &service.rng) else { return }
        let offered = keys.map { PreKeyRegister.OneTimeKey(id: $0.id, key: $0.keyPair.publicKey) }
        do throws(Refusal) {
            try service.accounts[number]?.phoneKeys.add(offered)
        } catch {
            service.note(error, number)
        }
    }

    /// Encrypts a text for all devices of both sides and hands it to the service.
    /// - Returns: the message id.
    mutating func deliver(_ text: String, from number: String, to other: String, isAutomatic: Bool = false) throws(Refusal) -> String {
        guard var phone = phones[number] else { throw .message(code: 404, "no phone \(number)") }
        guard let receiver = service.accounts[other] else { throw .message(code: 404, "no account \(other)") }
        let id = StanzaID.phoneMessage(using: &service.rng)
        if isAutomatic { automatic.insert(id) }
        let targets = service.expectedDevices(from: phone.address, to: receiver).sorted { $0.description < $1.description }
        for target in targets where !phone.hasSession(with: service.lidJID(target)) {
            guard let bundle = service.takeBundle(of: target) else { continue }
            try phone.startSession(with: service.lidJID(target), bundle, using: &service.rng)
        }
        let stanza = try phone.compose(text, id: id, to: receiver.lidJID, devices: targets.map(service.lidJID), using: &service.rng)
        phone.show(
            PhoneMessage(
                revision: 0, id: id, chat: other, from: number, fromDevice: 0, fromMe: true, text: text, kind: "text", time: service.now.iso8601,
                status: .sent, receipts: []))
        phones[number] = phone
        _ = try service.relay(try OutgoingMessage(stanza), from: phone.address)
        return id
    }

    /// After a device was removed the list of valid indexes is signed anew.
    private mutating func signKeyIndexList(_ number: String) {
        guard var phone = phones[number], let account = service.accounts[number] else { return }
        let indexes = account.devices.values.map(\.keyIndex).sorted()
        do throws(Refusal) {
            let list = try phone.keyIndexList(indexes, current: account.lastKeyIndex, now: service.now, using: &service.rng)
            phones[number] = phone
            service.publish(list, of: number)
        } catch {
            service.note(error, number)
        }
    }
}
