import Model
import Signal
import Store
import WhatsApp

/// Where a message to a group goes: its members' devices, as they were gathered for one message.
struct GroupTarget: Sendable {
    /// A device of a member.
    struct Device: Hashable, Sendable {
        /// As the group addresses it.
        let wire: JID
        /// As its session is kept: by LID wherever it is known.
        let canonical: JID

        var address: SignalAddress { SignalAddress(canonical) }
    }

    let group: GroupRow
    /// All devices of all members, this one too.
    let devices: [Device]
    /// This device.
    let own: Device
    let keys: KeyState

    var others: [Device] { devices.filter { $0 != own } }
    /// Who is to get our sender key with this message.
    var needy: [Device] {
        keys.mustRotate ? others : others.filter { !keys.holders.contains($0.address.description) }
    }
}

extension GroupTarget {
    /// What the database says of our sender key of a group; compared again inside of the transaction that uses it.
    struct KeyState: Equatable, Sendable {
        /// Signal addresses of devices that have the key.
        var holders: Set<String>
        /// There is no key, or somebody has it who is no member's device any more.
        var mustRotate: Bool

        /// - Parameter devices: Signal addresses of all members' devices.
        init(group: JID, sender: SenderKeyName, devices: Set<String>, in store: DatabaseSignalStore) throws {
            let given = try store.database.signal.devicesGivenKey(group: group.description, session: store.session)
            mustRotate = try store.senderKeyRecord(for: sender) == nil || !Set(given.keys).isSubset(of: devices)
            holders = mustRotate ? [] : Set(given.filter(\.value).keys)
        }
    }
}
