import CryptoPrimitives
import Model
import WhatsApp

/// The relay of messages to groups. Source: protocol notes on messages, section 5, and on the Signal layer, section 8.
extension Service {
    /// A client's message to a group: relayed and acknowledged, or refused with an error code.
    mutating func groupMessage(_ stanza: Node, from address: DeviceAddress) {
        var ack = acknowledgement(of: stanza, class: "message")
        do throws(Refusal) {
            let message = try OutgoingGroupMessage(stanza)
            if case .everybody = message.form {
                let digest = SHA256.hash(BinaryXML.encode(stanza))
                if let earlier = self[address]?.sent[message.id] {
                    if earlier.digest == digest {
                        note(.message, address, "\(message.id) again: acknowledged, not delivered again")
                    } else {
                        note(.message(code: 0, "\(message.id) was sent before with other bytes; not delivered"), address)
                    }
                    ack["t"] = .text("\(earlier.time)")
                    return reply(ack, to: address)
                }
                let hash = try relay(message, from: address)
                let time = now.seconds
                accounts[address.number]?.devices[address.device]?.sent.insert(message.id, digest: digest, time: time)
                if let hash { ack["phash"] = .text(hash) }
            } else {
                _ = try relay(message, from: address)
            }
        } catch {
            note(error, address)
            guard case .message(let code, _) = error else { return }
            ack["error"] = .text("\(code)")
        }
        reply(ack, to: address)
    }

    /// Checks and delivers.
    /// - Returns: the hash of the right device set where the message's own is another one.
    mutating func relay(_ message: OutgoingGroupMessage, from sender: DeviceAddress) throws(Refusal) -> String? {
        if message.to == .status {
            try relayStatus(message, from: sender)
            return nil
        }
        guard let group = group(message.to) else { throw .message(code: 404, "there is no \(message.to)") }
        guard let member = group.member(sender.number) else { throw .message(code: 403, "not a member of \(group.jid)") }
        switch message.form {
        case .single(let copy):
            guard let target = device(of: copy.device), group.member(target.number) != nil else {
                throw .message(code: 404, "\(copy.device) is no device of a member")
            }
            try inspect([copy], identity: message.deviceIdentity, from: sender)
            deliver([copy.enc.relayed], of: message, from: sender, to: target)
            return nil
        case .everybody(let envelope, let enc):
            guard !group.isAnnouncement || member.role.isAdmin else { throw .message(code: 403, "only admins write to \(group.jid)") }
            guard (message.stanza.string("addressing_mode") ?? "pn") == group.addressing else {
                throw .message(code: 421, "\(group.jid) is addressed by \(group.addressing)")
            }
            guard let hash = message.stanza.string("phash") else { throw .message(code: 400, "no phash") }
            let copies = try keyCopies(message, in: group, from: sender)
            try inspect(Array(copies.values), identity: message.deviceIdentity, from: sender)
            try checkKey(envelope, of: message, in: group, from: sender, given: Set(copies.keys))
            let expected = devices(of: group)
            for target in expected.subtracting([sender]).sorted(by: { $0.description < $1.description }) {
                deliver([copies[target]?.enc.relayed, enc.relayed].compactMap(\.self), of: message, from: sender, to: target)
            }
            note(
                .message, sender,
                "\(message.id) to \(group.jid), \(expected.count - 1) devices, sender key \(envelope.keyID) for \(copies.count) of them")
            let right = ParticipantHash.of(expected.map { jid($0, in: group) })
            return right == hash ? nil : right
        }
    }

    /// The copies that can be delivered, by device. Keys for others are named in the journal: they should not have been made.
    private mutating func keyCopies(
        _ message: OutgoingGroupMessage, in group: Group, from sender: DeviceAddress
    ) throws(Refusal) -> [DeviceAddress: OutgoingMessage.Copy] {
        var copies: [DeviceAddress: OutgoingMessage.Copy] = [:]
        for copy in message.keys {
            guard copy.device.isLID == group.usesLIDs else {
                throw .message(code: 479, "\(copy.device) is not addressed as \(group.jid) does")
            }
            guard let account = account(of: copy.device), group.member(account.number) != nil else {
                note(.message(code: 0, "\(message.id) has the sender key for \(copy.device), who is no member of \(group.jid)"), sender)
                continue
            }
            guard let device = device(of: copy.device) else {
                note(.message(code: 0, "\(message.id) has the sender key for \(copy.device), which is no device any more"), sender)
                continue
            }
            guard device != sender else { throw .message(code: 400, "the sender key for the sending device itself") }
            copies[device] = copy
        }
        return copies
    }

    /// Everybody who is to read a message needs its key, and nobody else may have it.
    private mutating func checkKey(
        _ envelope: SenderKeyEnvelope, of message: OutgoingGroupMessage, in group: Group, from sender: DeviceAddress, given: Set<DeviceAddress>
    ) throws(Refusal) {
        let key = SenderKeyLedger.Key(sender: sender, group: group.id, keyID: envelope.keyID)
        guard let holders = try senderKeys.record(envelope, key, given: given) else { return }
        let expected = devices(of: group).subtracting([sender])
        for device in expected.subtracting(holders).map(\.description).sorted() {
            note(.message(code: 0, "\(message.id): \(device) was never given sender key \(envelope.keyID)"), sender)
        }
        for device in holders.subtracting(expected).map(\.description).sorted() {
            note(.message(code: 0, "\(message.id): \(device), who left, still has sender key \(envelope.keyID)"), sender)
        }
    }

    /// The stanza as the receiving device gets it.
    mutating func deliver(_ encs: [Node], of message: OutgoingGroupMessage, from sender: DeviceAddress, to target: DeviceAddress) {
        var children = encs
        // Only phones may show what is to be seen once; the key of what follows is theirs all the same.
        if message.stanza.child("meta")?.string("view_once") == "true", !target.isPhone {
            children = [Node("unavailable", ["type": "view_once"])] + encs.filter { $0.string("type") != "skmsg" }
        }
        if let meta = message.stanza.child("meta") { children.append(meta) }
        if encs.contains(where: { $0.string("type") == "pkmsg" }), let identity = message.deviceIdentity {
            children.append(Node("device-identity", bytes: identity))
        }
        var stanza = Node(
            "message",
            [
                "from": .jid(message.to), "participant": .jid(jid(sender, in: message.to)), "id": .text(message.id),
                "t": .text("\(now.seconds)"),
            ], children)
        for name in ["type", "edit"] { stanza[name] = message.stanza[name] }
        stanza["addressing_mode"] = group(message.to).map { .text($0.addressing) }
        let (lid, number) = (lidJID(.phone(sender.number)), JID(user: sender.number, server: .phoneNumber))
        let usesLIDs = usesLIDs(in: message.to)
        stanza[usesLIDs ? "participant_pn" : "participant_lid"] = .jid(usesLIDs ? number : lid)
        stanza["notify"] = accounts[sender.number].map { .text($0.name) }
        deliver(stanza, to: target)
    }
}

extension Node {
    /// An `<enc>` as it travels on.
    var relayed: Node {
        var enc = Node("enc", ["v": "2"], bytes: bytes ?? [])
        for name in ["type", "mediatype", "decrypt-fail", "count"] { enc[name] = self[name] }
        return enc
    }
}
