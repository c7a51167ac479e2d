import Model
import WhatsApp

/// Trouble with phones and clients, on order.
extension World {
    /// The phone loses its encryption states, as after a bad backup: it can read nothing that others go on writing in them.
    mutating func forgetSessions(of number: String, now: Timestamp) throws(ControlError) {
        service.now = now
        var phone = try existing(number)
        phone.store.forgetSessions()
        phone.keyHolders = [:]
        self[number] = phone
        service.note(.phone, number, "has lost its sessions")
    }

    /// WhatsApp is installed anew on the phone: new identity and keys, an empty screen, no linked devices. Everybody who has asked for
    /// the account's devices is told that the identity has changed.
    mutating func reinstall(_ number: String, now: Timestamp) throws(ControlError) {
        service.now = now
        let old = try existing(number)
        guard let before = service.accounts[number] else { throw .notFound("no phone \(number)") }
        for device in before.devices.keys.sorted() { service.unlink(before.address(device), reason: "WhatsApp was installed anew on the phone") }
        settle()
        var (phone, account) = Phone.register(number: number, name: old.name, lid: old.lid, using: &service.rng)
        phone.automaticAnswer = old.automaticAnswer
        account.lastDevice = before.lastDevice
        account.lastKeyIndex = before.lastKeyIndex
        account.phoneKeys.follow(before.phoneKeys)
        service.accounts[number] = account
        phones[number] = phone
        uploadPreKeys(number)
        service.note(.phone, number, "WhatsApp was installed anew")
        service.announceIdentity(of: number)
        settle()
    }

    /// The device's one-time keys are gone: who starts a session with it gets a bundle without one.
    mutating func dropKeys(of device: UInt16, number: String, now: Timestamp) throws(ControlError) {
        service.now = now
        _ = try existing(number)
        guard service.dropOneTimeKeys(of: DeviceAddress(number: number, device: device)) else {
            throw .notFound("\(number) has no device \(device)")
        }
    }

    /// Whether others are told when devices of the account come and go; untold, their lists become stale.
    mutating func setQuiet(_ isQuiet: Bool, _ number: String, now: Timestamp) throws(ControlError) {
        service.now = now
        _ = try existing(number)
        if isQuiet { service.faults.quiet.insert(number) } else { service.faults.quiet.remove(number) }
        service.note(.phone, number, isQuiet ? "changes of its devices are not announced" : "changes of its devices are announced")
    }
}

extension Service {
    /// False where there is no such device.
    mutating func dropOneTimeKeys(of address: DeviceAddress) -> Bool {
        if address.isPhone {
            accounts[address.number]?.phoneKeys.dropOneTimeKeys()
        } else {
            guard self[address] != nil else { return false }
            self[address]?.keys.dropOneTimeKeys()
        }
        note(.query, address, "has no one-time keys any more")
        return true
    }

    /// Tells everybody who has asked for the account's devices. Source: protocol notes on the Signal layer, section 7.
    mutating func announceIdentity(of number: String) {
        guard let changed = accounts[number] else { return }
        for (other, account) in accounts where other != number {
            for device in account.devices.values where device.watches.contains(number) {
                let notification = Node(
                    "notification",
                    [
                        "from": .jid(changed.lidJID), "type": "encrypt", "id": .text(nextStanzaID()), "t": .text("\(now.seconds)"),
                    ], [Node("identity")])
                deliver(notification, to: account.address(device.number))
            }
        }
    }
}
