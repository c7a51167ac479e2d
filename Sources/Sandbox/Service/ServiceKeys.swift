import CryptoPrimitives
import Model
import Signal
import WhatsApp

/// The key register: uploads, counts, digests and bundles. Source: protocol notes on the Signal layer, section 2.
extension Service {
    mutating func keys(_ stanza: Node, type: String, from address: DeviceAddress) throws(QueryError) -> [Node] {
        switch (type, stanza.children.first?.tag) {
        case ("get", "count"):
            guard let keys = self[address]?.keys else { throw .notFound }
            return [Node("count", ["value": .text("\(keys.oneTimeKeys.count)")])]
        case ("get", "digest"):
            return [try digest(of: address)]
        case ("get", "key"):
            return [Node("list", [:], try bundles(stanza.child("key")?.children ?? [], for: address))]
        case ("set", "rotate"):
            do throws(Refusal) { try rotate(stanza, address) } catch { throw refused(error, address) }
            return []
        // Clients write the parts in different orders.
        case ("set", _) where stanza.child("registration") != nil:
            do throws(Refusal) { try upload(stanza, address) } catch { throw refused(error, address) }
            return []
        default:
            throw .notImplemented
        }
    }

    /// Takes a bundle for somebody who starts a session, and tells the owner when few keys are left.
    mutating func takeBundle(of address: DeviceAddress) -> PreKeyBundle? {
        if address.isPhone { return accounts[address.number]?.phoneKeys.takeBundle() }
        guard var device = self[address] else { return nil }
        let bundle = device.keys.takeBundle()
        let isLow = device.keys.oneTimeKeys.count < settings.lowPreKeyCount && !device.keys.toldLow
        if isLow { device.keys.toldLow = true }
        let count = device.keys.oneTimeKeys.count
        self[address] = device
        guard isLow else { return bundle }
        let notification = Node(
            "notification",
            ["from": .jid(.service), "type": "encrypt", "id": .text(nextStanzaID()), "t": .text("\(now.seconds)")],
            [Node("count", ["value": .text("\(count)")])])
        deliver(notification, to: address)
        return bundle
    }

    private mutating func refused(_ refusal: Refusal, _ address: DeviceAddress) -> QueryError {
        note(refusal, address)
        return .notAcceptable
    }

    private mutating func upload(_ stanza: Node, _ address: DeviceAddress) throws(Refusal) {
        guard var device = self[address] else { throw .preKeys("no such device") }
        guard let registration = UInt32(bigEndian: stanza.child("registration")?.bytes ?? [], count: 4),
            registration == device.keys.registrationID
        else { throw .preKeys("the registration id is not the registered one") }
        guard stanza.child("type")?.bytes == [5] else { throw .preKeys("the key type is not 05") }
        guard stanza.child("identity")?.bytes == device.keys.identity.bytes else {
            throw .preKeys("the identity is not the registered one")
        }
        let nodes = stanza.child("list")?.children ?? []
        guard !nodes.isEmpty else { throw .preKeys("an upload without keys") }
        var keys: [PreKeyRegister.OneTimeKey] = []
        for node in nodes {
            guard node.tag == "key", let id = UInt32(bigEndian: node.child("id")?.bytes ?? [], count: 3), id != 0,
                let key = PublicKey(raw: node.child("value")?.bytes ?? [])
            else { throw .preKeys("a key without 3-byte id or 32-byte value") }
            keys.append(PreKeyRegister.OneTimeKey(id: id, key: key))
        }
        guard Set(keys.map(\.id)).count == keys.count else { throw .preKeys("an id stands twice in one upload") }
        let signed = try signedKey(stanza.child("skey"), identity: device.keys.identity)
        try device.keys.add(keys)
        device.keys.rotate(to: signed)
        self[address] = device
        note(.query, address, "uploaded \(keys.count) keys, \(device.keys.oneTimeKeys.count) in store")
    }

    private mutating func rotate(_ stanza: Node, _ address: DeviceAddress) throws(Refusal) {
        guard var device = self[address] else { throw .preKeys("no such device") }
        device.keys.rotate(to: try signedKey(stanza.child("rotate")?.child("skey"), identity: device.keys.identity))
        self[address] = device
    }

    private func signedKey(_ node: Node?, identity: PublicKey) throws(Refusal) -> PreKeyRegister.SignedKey {
        guard let node else { throw .preKeys("no signed key") }
        return try PreKeyRegister.SignedKey(
            id: node.child("id")?.bytes, key: node.child("value")?.bytes, signature: node.child("signature")?.bytes, identity: identity)
    }

    private func digest(of address: DeviceAddress) throws(QueryError) -> Node {
        guard let keys = self[address]?.keys, !keys.oneTimeKeys.isEmpty else { throw .notFound }
        let signed = keys.signedKey
        let input = keys.identity.bytes + signed.key.bytes + signed.signature + keys.oneTimeKeys.flatMap(\.key.bytes)
        return Node(
            "digest", [:],
            [
                Node("registration", bytes: keys.registrationID.bigEndianBytes(4)), Node("type", bytes: [5]),
                Node("identity", bytes: keys.identity.bytes), Self.node(signed),
                Node("list", [:], keys.oneTimeKeys.map { Node("id", bytes: $0.id.bigEndianBytes(3)) }),
                Node("hash", bytes: SHA1.hash(input)),
            ])
    }

    private mutating func bundles(_ users: [Node], for asker: DeviceAddress) throws(QueryError) -> [Node] {
        guard !users.isEmpty else { throw .badRequest }
        var answers: [Node] = []
        for user in users {
            guard user.tag == "user", let jid = user.jid("jid"), jid.isPerson else { throw .badRequest }
            guard let address = device(of: jid), let bundle = takeBundle(of: address) else {
                answers.append(Node("user", ["jid": .jid(jid)], [Node("error", ["code": "406", "text": "not-acceptable"])]))
                continue
            }
            answers.append(Node("user", ["jid": .jid(jid), "t": .text("\(now.seconds)")], children(of: bundle, address)))
        }
        return answers
    }

    private func children(of bundle: PreKeyBundle, _ address: DeviceAddress) -> [Node] {
        let signed = PreKeyRegister.SignedKey(id: bundle.signedPreKeyID, key: bundle.signedPreKey, signature: bundle.signedPreKeySignature)
        var children = [
            Node("registration", bytes: bundle.registrationID.bigEndianBytes(4)), Node("type", bytes: [5]),
            Node("identity", bytes: bundle.identity.bytes), Self.node(signed),
        ]
        if let key = bundle.preKey {
            children.append(Node("key", [:], [Node("id", bytes: key.id.bigEndianBytes(3)), Node("value", bytes: key.key.bytes)]))
        }
        if let device = self[address] { children.append(Node("device-identity", bytes: device.signedIdentity)) }
        return children
    }

    private static func node(_ key: PreKeyRegister.SignedKey) -> Node {
        Node(
            "skey", [:],
            [Node("id", bytes: key.id.bigEndianBytes(3)), Node("value", bytes: key.key.bytes), Node("signature", bytes: key.signature)])
    }
}
