import Model

/// Why the owner of a phone was refused. Each becomes an HTTP status of the control interface.
enum ControlError: Error, Equatable, Sendable {
    case badRequest(String)
    case notFound(String)
    case conflict(String)
    case timeout(String)
    case methodNotAllowed
}

/// What people do with their phones.
extension World {
    mutating func scan(_ text: String, by number: String, now: Timestamp) throws(ControlError) -> DeviceAddress {
        service.now = now
        var phone = try online(number)
        do throws(Refusal) {
            let code = try QRCode(parsing: text)
            let slot = try service.reservePairing(code, for: number)
            let indexes = (service.accounts[number]?.devices.values.map(\.keyIndex) ?? []).sorted() + [slot.keyIndex]
            let pairing = try phone.sign(code, keyIndex: slot.keyIndex, validIndexes: indexes, now: now, using: &service.rng)
            self[number] = phone
            service.presentPairing(pairing, in: slot)
            settle()
            return slot.device
        } catch {
            service.note(error, number)
            throw .conflict(error.reason)
        }
    }

    /// Scans, but the service wants a fresh code first.
    mutating func refresh(_ text: String, by number: String, now: Timestamp) throws(ControlError) {
        service.now = now
        _ = try online(number)
        do throws(Refusal) {
            try service.refreshPairing(try QRCode(parsing: text))
        } catch {
            service.note(error, number)
            throw .conflict(error.reason)
        }
    }

    mutating func send(_ text: String, from number: String, to other: String, now: Timestamp) throws(ControlError) -> String {
        if let group = JID(parsing: other), group.isGroup { return try send(text, from: number, toGroup: group, now: now) }
        service.now = now
        guard !text.isEmpty else { throw .badRequest("the text is empty") }
        _ = try online(number)
        guard service.accounts[other] != nil else { throw .notFound("no phone \(other)") }
        do throws(Refusal) {
            let id = try deliver(plain(text), from: number, to: other)
            settle()
            return id
        } catch {
            service.note(error, number)
            throw .conflict(error.reason)
        }
    }

    /// Marks messages of one chat as read and tells their sender.
    mutating func read(_ ids: [String], in chat: String, by number: String, now: Timestamp) throws(ControlError) {
        if let group = JID(parsing: chat), group.isGroup { return try read(ids, in: group, by: number, now: now) }
        service.now = now
        let phone = try online(number)
        guard let other = service.accounts[chat] else { throw .notFound("no phone \(chat)") }
        guard let first = ids.first else { throw .badRequest("no ids") }
        for id in ids where !phone.messages.named(id).contains(where: { $0.chat == chat && !$0.fromMe }) {
            throw .notFound("no message \(id) from \(chat)")
        }
        self[number]?.update(Set(ids), where: { !$0.fromMe && $0.chat == chat }) { $0.status = .read }
        service.receipt(PhoneReceipt.read(first: first, others: Array(ids.dropFirst()), chat: other.lidJID, now: now), from: phone.address)
        settle()
    }

    mutating func unlink(_ device: UInt16, of number: String, now: Timestamp) throws(ControlError) {
        service.now = now
        _ = try existing(number)
        guard service[DeviceAddress(number: number, device: device)] != nil else { throw .notFound("\(number) has no device \(device)") }
        service.unlink(DeviceAddress(number: number, device: device), reason: "removed on the phone")
        settle()
    }

    mutating func setOnline(_ isOnline: Bool, _ number: String, now: Timestamp) throws(ControlError) {
        service.now = now
        var phone = try existing(number)
        phone.retries = [:]
        let waiting = isOnline ? phone.waiting : []
        if isOnline { phone.waiting = [] }
        phone.isOnline = isOnline
        self[number] = phone
        for content in waiting { service.mail(content, to: number) }
        service.note(.phone, number, isOnline ? "on" : "off")
        settle()
    }

    func existing(_ number: String) throws(ControlError) -> Phone {
        guard let phone = self[number] else { throw .notFound("no phone \(number)") }
        return phone
    }

    func online(_ number: String) throws(ControlError) -> Phone {
        let phone = try existing(number)
        guard phone.isOnline else { throw .conflict("phone \(number) is off") }
        return phone
    }
}
