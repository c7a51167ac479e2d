import CryptoPrimitives
import FoundationEssentials
import Model
import Signal
import SwiftProtobuf
import WAProto
import WhatsApp

/// What a phone writes to groups and reads there. Source: protocol notes on messages, section 5, and on the Signal layer, section 8.
extension Phone {
    func senderKeyName(_ group: JID, _ device: JID) -> SenderKeyName {
        SenderKeyName(group: group.description, sender: Self.signalAddress(device))
    }

    /// The devices that need this phone's key of a group before it writes there. Where somebody has it who is no member's device any more,
    /// it is replaced, and all need it.
    mutating func needsKey(_ group: Group, devices: [DeviceAddress], own: JID, using rng: inout Randomness) throws(Refusal) -> [DeviceAddress] {
        let all = Set(devices.map(\.description))
        if let holders = keyHolders[group.id], !holders.isSubset(of: all) {
            do { try GroupCipher.rotate(senderKeyName(group.jid, own), in: &store, using: &rng) } catch {
                throw .unreadable("no sender key: \(error)")
            }
            keyHolders[group.id] = nil
        }
        let holders = keyHolders[group.id] ?? []
        return devices.filter { !holders.contains($0.description) }
    }

    /// A message to a group.
    /// - Parameters:
    ///   - needy: devices that get the key; sessions with them exist. Each by its session's address and as the group addresses it.
    ///   - phash: over all devices of all members.
    mutating func compose(
        _ content: WAMessage, id: String, to group: Group, own: JID, needy: [(address: DeviceAddress, lid: JID, wire: JID)], phash: String,
        using rng: inout Randomness
    ) throws(Refusal) -> Node {
        var message = content
        message.messageContextInfo.messageSecret = Data(Random.bytes(32, using: &rng))
        outbox.insert(id, PhoneOutbox.Entry(chat: group.jid, message: message))
        let name = senderKeyName(group.jid, own)
        let key = try distribution(name, using: &rng)
        var copies: [Node] = []
        for device in needy {
            copies.append(Node("to", ["jid": .jid(device.wire)], [try encrypt(key, for: device.lid, using: &rng)]))
        }
        let enc: Node
        do {
            let plaintext: [UInt8] = try message.serializedBytes()
            let ciphertext = try GroupCipher.encrypt(MessagePadding.pad(plaintext, using: &rng), as: name, in: &store, using: &rng)
            enc = Self.announced(Node("enc", ["v": "2", "type": "skmsg"], bytes: ciphertext.bytes), message)
        } catch {
            throw .unreadable("can not encrypt for \(group.jid): \(error)")
        }
        keyHolders[group.id, default: []].formUnion(needy.map(\.address.description))
        return Node(
            "message",
            [
                "id": .text(id), "to": .jid(group.jid), "type": .text(message.stanzaKind.type), "phash": .text(phash), "addressing_mode": .text(group.addressing),
            ], (copies.isEmpty ? [] : [Node("participants", [:], copies)]) + [enc])
    }

    /// Another copy for one device, with the key inside, after its retry receipt.
    mutating func composeAgain(
        _ id: String, in group: Group, own: JID, for device: (lid: JID, wire: JID), count: UInt64, using rng: inout Randomness
    ) throws(Refusal) -> Node {
        guard let entry = outbox[id], entry.chat == group.jid else { throw .receipt("retry of \(id), which this phone did not send") }
        var message = entry.message
        message.senderKeyDistributionMessage = try distribution(senderKeyName(group.jid, own), using: &rng).senderKeyDistributionMessage
        var enc = Self.announced(try encrypt(message, for: device.lid, using: &rng), entry.message)
        enc["count"] = .text("\(count)")
        return Node(
            "message", ["id": .text(id), "to": .jid(group.jid), "participant": .jid(device.wire), "type": .text(entry.message.stanzaKind.type)],
            [enc])
    }

    private mutating func distribution(_ name: SenderKeyName, using rng: inout Randomness) throws(Refusal) -> WAMessage {
        do {
            var message = WAMessage()
            message.senderKeyDistributionMessage.groupID = name.group
            message.senderKeyDistributionMessage.axolotlSenderKeyDistributionMessage = Data(
                try GroupCipher.distribution(for: name, in: &store, using: &rng))
            return message
        } catch {
            throw .unreadable("no sender key: \(error)")
        }
    }

    // MARK: Reading

    /// Decrypts and checks a message from a group.
    /// - Parameter sender: the sending device by its LID.
    mutating func readInGroup(_ stanza: Node, _ group: JID, from sender: JID, using rng: inout Randomness) -> Reading {
        let id = stanza.string("id") ?? ""
        let encs = stanza.children("enc")
        // The key comes before what was encrypted with it.
        let ordered = encs.filter { $0.string("type") != "skmsg" } + encs.filter { $0.string("type") == "skmsg" }
        var shown: WAMessage?
        var isDuplicate = !ordered.isEmpty
        for enc in ordered {
            do {
                let padded = try decrypt(enc, group, from: sender, using: &rng)
                isDuplicate = false
                guard let plaintext = try? MessagePadding.unpad(padded), let message = try? WAMessage(serializedBytes: plaintext) else {
                    return .nonsense(.unreadable("\(id): the plaintext is no Message"))
                }
                guard !message.hasDeviceSentMessage else { return .nonsense(.unreadable("\(id): a DeviceSentMessage in a group")) }
                try take(message, group, from: sender)
                if !message.isKeyOnly { shown = message }
            } catch SignalError.duplicateMessage {
                continue
            } catch {
                return .retry(.unreadable("\(id) from \(sender) in \(group): \(error)"))
            }
        }
        return isDuplicate ? .duplicate : .read(shown)
    }

    private mutating func decrypt(_ enc: Node, _ group: JID, from sender: JID, using rng: inout Randomness) throws -> [UInt8] {
        let type = enc.string("type").flatMap(CiphertextType.init(rawValue:)) ?? .message
        let ciphertext = Ciphertext(type: type, bytes: enc.bytes ?? [])
        if type == .senderKey { return try GroupCipher.decrypt(ciphertext, from: senderKeyName(group, sender), in: &store) }
        return try SessionCipher.decrypt(ciphertext, from: Self.signalAddress(sender), in: &store, using: &rng).plaintext
    }

    private mutating func take(_ message: WAMessage, _ group: JID, from sender: JID) throws {
        guard message.hasSenderKeyDistributionMessage else { return }
        let key = message.senderKeyDistributionMessage
        guard key.groupID == group.description else { throw SignalError.invalidMessage }
        try GroupCipher.process(
            distribution: Array(key.axolotlSenderKeyDistributionMessage), from: senderKeyName(group, sender), in: &store)
    }
}

extension WAMessage {
    /// Hands out a sender key and has nothing to show.
    fileprivate var isKeyOnly: Bool {
        var rest = self
        rest.clearSenderKeyDistributionMessage()
        rest.clearMessageContextInfo()
        return hasSenderKeyDistributionMessage && rest == WAMessage()
    }
}
