import Model
import Signal
import WAProto
import WhatsApp

/// New phones, their keys, and the texts they send.
extension World {
    /// A new person with a phone; nil where the number is taken.
    mutating func addPhone(number: String, name: String) -> Phone? {
        guard phones[number] == nil else { return nil }
        var lid: String
        repeat {
            lid = "\(UInt64.random(in: 100_000_000_000_000...299_999_999_999_999, using: &service.rng))"
        } while service.numbersByLID[lid] != nil
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

    /// Encrypts a message for all devices of both sides and hands it to the service.
    /// - Returns: the message id.
    mutating func deliver(
        _ message: WAMessage, _ file: PhoneFile? = nil, from number: String, to other: String, isAutomatic: Bool = false
    ) throws(Refusal) -> String {
        guard let receiver = service.accounts[other] else { throw .message(code: 404, "no account \(other)") }
        guard var phone = taken(number) else { throw .message(code: 404, "no phone \(number)") }
        defer { phones[number] = phone }
        let id = StanzaID.phoneMessage(using: &service.rng)
        if isAutomatic { automatic.insert(id) }
        let targets = service.expectedDevices(from: phone.address, to: receiver).sorted { $0.description < $1.description }
        for target in targets where !phone.hasSession(with: service.lidJID(target)) {
            guard let bundle = service.takeBundle(of: target) else { continue }
            try phone.startSession(with: service.lidJID(target), bundle, using: &service.rng)
        }
        let stanza = try phone.compose(message, id: id, to: receiver.lidJID, devices: targets.map(service.lidJID), using: &service.rng)
        let (text, kind) = Phone.describe(message)
        var shown = PhoneMessage(
            revision: 0, id: id, chat: other, from: number, fromDevice: 0, fromMe: true, text: text, kind: kind, time: service.now.iso8601,
            status: .sent, receipts: [], media: file)
        try phone.take(message, &shown, stanza: stanza.withFirstCopy, people: people(in: other))
        phone.show(shown)
        _ = try service.relay(try OutgoingMessage(stanza), from: phone.address)
        // Who refuses strangers gives a token to everybody they write to.
        if service.accounts[number]?.refusesStrangers == true,
            TokenAge.isDue(givenAt: service.accounts[number]?.tokens?[other]?.madeAt, now: service.now.seconds)
        {
            service.giveToken(from: number, to: receiver, madeAt: service.now.seconds)
        }
        return id
    }

    /// After a device was removed the list of valid indexes is signed anew.
    mutating func signKeyIndexList(_ number: String) {
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

    /// Uploads one-time keys when few are left.
    mutating func topUp(_ number: String) {
        guard let left = service.accounts[number]?.phoneKeys.oneTimeKeys.count, left < Phone.preKeyLow else { return }
        uploadPreKeys(number)
    }
}
