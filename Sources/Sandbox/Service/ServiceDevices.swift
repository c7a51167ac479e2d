import Model
import WhatsApp

/// The accounts and their device lists.
extension Service {
    /// Adds an account with its phone; the number must be new.
    mutating func add(_ account: Account) {
        accounts[account.number] = account
        numbersByLID[account.lid] = account.number
    }

    /// Takes a device off its account: its connection ends, and everybody who watches hears of it.
    mutating func unlink(_ address: DeviceAddress, reason: String) {
        guard let device = self[address] else { return }
        if let id = online[address] {
            write(Node("stream:error", ["code": "401"], [Node("conflict", ["type": "device_removed"])]), on: id)
            close(id, after: 200)
        }
        self[address] = nil
        accounts[address.number]?.keyIndexList = nil
        note(.unlinked, address, reason)
        mail(.devicesRemoved, to: address.number)
        announce(address, keyIndex: device.keyIndex, change: "remove")
    }

    /// The phone's new signature over the indexes that are left.
    mutating func publish(_ list: SignedKeyIndexList, of number: String) {
        accounts[number]?.keyIndexList = list
    }

    /// Tells own devices and everybody who asked for the list that a device was added or removed.
    mutating func announce(_ changed: DeviceAddress, keyIndex: UInt32, change: String) {
        guard let account = accounts[changed.number], !faults.quiet.contains(changed.number) else { return }
        for (number, other) in accounts {
            for device in other.devices.values {
                let address = DeviceAddress(number: number, device: device.number)
                guard address != changed, number == changed.number || device.watches.contains(changed.number) else { continue }
                deliver(deviceNotification(of: account, changed: changed.device, keyIndex: keyIndex, change: change), to: address)
            }
        }
    }

    private mutating func deviceNotification(of account: Account, changed: UInt16, keyIndex: UInt32, change: String) -> Node {
        let numbers = account.deviceNumbers
        var children = [
            Node(
                "device",
                [
                    "jid": .jid(account.phoneNumberJID.withDevice(changed)), "lid": .jid(account.lidJID.withDevice(changed)),
                    "key-index": .text("\(keyIndex)"),
                ])
        ]
        if let list = account.keyIndexList {
            children.append(Node("key-index-list", ["ts": .text("\(list.timestamp)")], bytes: list.bytes))
        }
        return Node(
            "notification",
            [
                "from": .jid(account.phoneNumberJID), "lid": .jid(account.lidJID), "type": "devices", "id": .text(nextStanzaID()),
                "t": .text("\(now.seconds)"),
            ],
            [
                Node(
                    change,
                    [
                        "device_hash": .text(ParticipantHash.of(numbers.map { account.phoneNumberJID.withDevice($0) })),
                        "device_lid_hash": .text(ParticipantHash.of(numbers.map { account.lidJID.withDevice($0) })),
                    ], children)
            ])
    }
}
