import CryptoPrimitives
import Model
import Signal
import WhatsApp

/// The relay of messages. Source: protocol notes on messages, sections 2, 3, 7 and 9.
extension Service {
    /// A client's message: relayed and acknowledged, or refused with an error code.
    mutating func message(_ stanza: Node, from address: DeviceAddress) {
        if let to = stanza.jid("to"), to.isGroup || to == .status { return groupMessage(stanza, from: address) }
        if stanza.jid("to")?.server == .newsletter { return channelMessage(stanza, from: address) }
        var ack = acknowledgement(of: stanza, class: "message")
        do throws(Refusal) {
            let message = try OutgoingMessage(stanza)
            let digest = SHA256.hash(BinaryXML.encode(stanza))
            if message.form == .fanout, let earlier = self[address]?.sent[message.id] {
                if earlier.digest == digest {
                    note(.message, address, "\(message.id) again: acknowledged, not delivered again")
                } else {
                    note(.message(code: 0, "\(message.id) was sent before with other bytes; not delivered"), address)
                }
                ack["t"] = .text("\(earlier.time)")
                reply(ack, to: address)
                return
            }
            let hash = try relay(message, from: address)
            let time = now.seconds
            if message.form == .fanout { accounts[address.number]?.devices[address.device]?.sent.insert(message.id, digest: digest, time: time) }
            if let hash { ack["phash"] = .text(hash) }
        } catch {
            note(error, address)
            guard case .message(let code, _) = error else { return }
            ack["error"] = .text("\(code)")
        }
        reply(ack, to: address)
    }

    /// Checks and delivers.
    /// - Returns: the hash of the right device set where the message left out or added devices.
    mutating func relay(_ message: OutgoingMessage, from sender: DeviceAddress) throws(Refusal) -> String? {
        guard let own = accounts[sender.number] else { throw .message(code: 401, "no account") }
        guard let receiver = account(of: message.to) else { throw .message(code: 404, "\(message.to) does not exist") }
        switch message.form {
        case .peer:
            guard receiver.number == own.number, sender.isPhone || message.to.device == 0 else {
                throw .message(code: 400, "a peer message to somebody else")
            }
            try inspect(message.copies, identity: message.deviceIdentity, from: sender)
        case .single:
            guard device(of: message.to) != nil else { throw .message(code: 404, "no device \(message.to)") }
            guard message.to.isLID else { throw .message(code: 479, "addressed by phone number, though the LID is known") }
            try inspect(message.copies, identity: message.deviceIdentity, from: sender)
        case .fanout:
            try checkAddressing(message, receiver)
            try checkToken(message, from: sender, receiver)
            let hash = try checkDevices(message, from: sender, receiver)
            try inspect(message.copies, identity: message.deviceIdentity, from: sender)
            deliver(message, from: sender, receiver)
            accounts[sender.number]?.acquaintances = (own.acquaintances ?? []).union([receiver.number])
            return hash
        }
        deliver(message, from: sender, receiver)
        return nil
    }

    private func checkAddressing(_ message: OutgoingMessage, _ receiver: Account) throws(Refusal) {
        guard message.to.isLID else { throw .message(code: 479, "addressed by phone number, though the LID is known") }
        guard message.to.device == 0 else { throw .message(code: 400, "addressed to one device") }
        if let number = message.stanza.jid("peer_recipient_pn"), number != receiver.phoneNumberJID {
            throw .message(code: 400, "peer_recipient_pn is not the receiver's number")
        }
        if let stray = message.copies.first(where: { !$0.device.isLID }) {
            throw .message(code: 479, "participant \(stray.device) is addressed by phone number")
        }
    }

    /// The device set that this sender has to encrypt for, itself left out.
    func expectedDevices(from sender: DeviceAddress, to receiver: Account) -> Set<DeviceAddress> {
        let own = accounts[sender.number]
        let all = receiver.deviceNumbers.map(receiver.address) + (own.map { $0.deviceNumbers.map($0.address) } ?? [])
        return Set(all).subtracting([sender])
    }

    private mutating func checkDevices(_ message: OutgoingMessage, from sender: DeviceAddress, _ receiver: Account) throws(Refusal)
        -> String?
    {
        let expected = expectedDevices(from: sender, to: receiver)
        var named: Set<DeviceAddress> = []
        var strangers: [JID] = []
        for copy in message.copies {
            guard let account = account(of: copy.device), account.number == receiver.number || account.number == sender.number else {
                throw .message(code: 400, "\(copy.device) is no device of either side")
            }
            guard let device = device(of: copy.device) else {
                strangers.append(copy.device)
                continue
            }
            guard device != sender else { throw .message(code: 400, "a copy for the sending device itself") }
            named.insert(device)
        }
        for jid in strangers { note(.message(code: 0, "\(message.id) has a copy for \(jid), which is no device any more"), sender) }
        let missing = expected.subtracting(named).map(\.description).sorted()
        if !missing.isEmpty { note(.message(code: 0, "\(message.id) has no copy for \(missing.joined(separator: ", "))"), sender) }
        guard !named.isEmpty else { throw .message(code: 400, "no copy for an existing device") }
        guard !missing.isEmpty || !strangers.isEmpty else { return nil }
        return ParticipantHash.of((expected.union([sender])).map(lidJID))
    }

    /// Looks at every ciphertext from outside: could the device that gets it read it?
    mutating func inspect(_ copies: [OutgoingMessage.Copy], identity: [UInt8]?, from sender: DeviceAddress) throws(Refusal) {
        guard let account = accounts[sender.number] else { return }
        let keys = self[sender]?.keys ?? account.phoneKeys
        for copy in copies {
            guard let target = device(of: copy.device) else { continue }
            let envelope = try Envelope(type: copy.type, bytes: copy.bytes)
            if let first = envelope.first { try check(first, keys: keys, target: target) }
            try ciphertexts.record(envelope, copy.bytes, from: sender, to: target)
        }
        guard copies.contains(where: { $0.type == "pkmsg" }), !sender.isPhone else { return }
        guard let identity else { throw .message(code: 400, "a pkmsg without device-identity") }
        guard DeviceSignature.verifies(identity, identity: keys.identity, account: account.identity) else {
            throw .message(code: 400, "device-identity does not chain from the account to this device")
        }
    }

    private func check(_ first: Envelope.First, keys: PreKeyRegister, target: DeviceAddress) throws(Refusal) {
        guard first.identity == keys.identity else { throw .message(code: 400, "the pkmsg names another identity than the sender's") }
        guard first.registrationID == keys.registrationID else { throw .message(code: 400, "the pkmsg names another registration id") }
        let register = self[target]?.keys ?? accounts[target.number]?.phoneKeys
        guard let register, register.gaveOut(preKey: first.preKeyID, signedKey: first.signedPreKeyID) else {
            throw .message(code: 400, "the pkmsg for \(target) names keys that were not handed out")
        }
    }

    private mutating func deliver(_ message: OutgoingMessage, from sender: DeviceAddress, _ receiver: Account) {
        for copy in message.copies {
            guard let target = device(of: copy.device) else { continue }
            deliver(incoming(copy, of: message, from: sender, to: target, receiver), to: target)
        }
        note(.message, sender, "\(message.id) to \(receiver.number), \(message.copies.count) copies")
    }

    /// The stanza as the receiving device gets it.
    private func incoming(
        _ copy: OutgoingMessage.Copy, of message: OutgoingMessage, from sender: DeviceAddress, to target: DeviceAddress, _ receiver: Account
    ) -> Node {
        var enc = Node("enc", ["v": "2", "type": .text(copy.type)], bytes: copy.bytes)
        for name in ["mediatype", "decrypt-fail", "count"] { enc[name] = copy.enc[name] }
        var children = [enc]
        if let meta = message.stanza.child("meta") { children.append(meta) }
        if copy.type == "pkmsg", let identity = message.deviceIdentity { children.append(Node("device-identity", bytes: identity)) }
        // Only phones may show what is to be seen once.
        if message.stanza.child("meta")?.string("view_once") == "true", !target.isPhone {
            children = [Node("unavailable", ["type": "view_once"])]
        }
        var stanza = Node("message", ["from": .jid(lidJID(sender)), "id": .text(message.id), "t": .text("\(now.seconds)")], children)
        for name in ["type", "edit", "category"] { stanza[name] = message.stanza[name] }
        guard let own = accounts[sender.number] else { return stanza }
        stanza["notify"] = .text(own.name)
        guard target.number == sender.number else {
            stanza["sender_pn"] = .jid(own.phoneNumberJID)
            return stanza
        }
        if message.form == .peer { return stanza }
        // A copy for another own device names the chat; after a retry the stanza itself says which.
        let chat = message.form == .single ? message.stanza.jid("recipient") ?? receiver.lidJID : receiver.lidJID
        stanza["recipient"] = .jid(chat)
        if let peer = account(of: chat) { stanza["peer_recipient_pn"] = .jid(peer.phoneNumberJID) }
        return stanza
    }
}
