import CryptoPrimitives
import FoundationEssentials
import Model
import Signal
import SwiftProtobuf
import WAProto
import WhatsApp

/// From the registration to the restart after pairing. Source: protocol notes on pairing.
extension Service {
    /// A scan whose device number and key index are reserved.
    struct PairingSlot: Sendable {
        let connection: ConnectionID
        let device: DeviceAddress
        let keyIndex: UInt32
        let registration: Registration
    }

    mutating func offerPairing(_ registration: Registration, on id: ConnectionID) {
        var validUntil = now.adding(milliseconds: (settings.firstRefSeconds + settings.refGraceSeconds) * 1_000)
        var refs: [PairingAttempt.Ref] = []
        for _ in 0..<settings.refCount {
            let text = "2@" + Base64.encode(Random.bytes(48, using: &rng))
            refs.append(PairingAttempt.Ref(text: text, validUntil: validUntil))
            validUntil = validUntil.adding(milliseconds: settings.nextRefSeconds * 1_000)
        }
        let offerID = nextStanzaID()
        connections[id]?.phase = .registering(PairingAttempt(registration: registration, refs: refs, offerID: offerID))
        note(.login, who(id), "registration of \(registration.platform)")
        let nodes = refs.map { Node("ref", text: $0.text) }
        write(
            Node(
                "iq", ["from": .jid(.service), "type": "set", "id": .text(offerID), "xmlns": "md"],
                [Node("pair-device", [:], nodes)]), on: id)
    }

    /// Finds the connection that shows this code and reserves a place in the account's list.
    mutating func reservePairing(_ code: QRCode, for number: String) throws(Refusal) -> PairingSlot {
        guard let (id, attempt, ref) = attempt(showing: code.ref) else {
            throw .pairing("the ref is unknown: the client is gone, or shows an older code")
        }
        guard now <= ref.validUntil else { throw .pairing("the ref has run out") }
        guard !attempt.staleSecrets.contains(code.advSecret) else {
            throw .pairing("the code was refreshed: the client still shows the old secret")
        }
        if attempt.refreshID != nil { throw .pairing("the client has not acknowledged the refresh") }
        guard code.noiseKey == attempt.registration.noiseKey else { throw .pairing("the code's Noise key is not the connection's") }
        guard code.identity == attempt.registration.identity.bytes else { throw .pairing("the code's identity is not the registered one") }
        return try reserve(attempt, on: id, for: number)
    }

    /// Reserves a place in the account's list for the client of this attempt.
    mutating func reserve(_ attempt: PairingAttempt, on id: ConnectionID, for number: String) throws(Refusal) -> PairingSlot {
        guard let account = accounts[number] else { throw .pairing("no account \(number)") }
        guard account.devices.count < settings.linkedDeviceLimit else {
            throw .pairing("\(number) has \(account.devices.count) linked devices already")
        }
        guard attempt.scan == nil else { throw .pairing("the code was already scanned") }
        let device = account.address(account.lastDevice + 1)
        accounts[number]?.lastDevice = device.device
        accounts[number]?.lastKeyIndex = account.lastKeyIndex + 1
        return PairingSlot(connection: id, device: device, keyIndex: account.lastKeyIndex + 1, registration: attempt.registration)
    }

    /// What the service does after some scans since July 2026: the client has to make a new secret and show its code again.
    mutating func refreshPairing(_ code: QRCode) throws(Refusal) {
        guard let (id, found, _) = attempt(showing: code.ref) else {
            throw .pairing("the ref is unknown: the client is gone, or shows an older code")
        }
        var attempt = found
        let notification = nextStanzaID()
        attempt.staleSecrets.insert(code.advSecret)
        attempt.refreshID = notification
        connections[id]?.phase = .registering(attempt)
        write(
            Node(
                "notification",
                [
                    "from": .jid(.service), "type": "companion_reg_refresh", "id": .text(notification), "t": .text("\(now.seconds)"),
                ], [Node("companion_reg_refresh")]), on: id)
        note(.control, id, "asked for a new secret")
    }

    /// Hands what the phone signed to the client.
    mutating func presentPairing(_ pairing: PhonePairing, in slot: PairingSlot) {
        guard case .registering(var attempt) = connections[slot.connection]?.phase, let account = accounts[slot.device.number] else {
            return
        }
        let id = nextStanzaID()
        attempt.scan = PairingAttempt.Scan(
            device: slot.device, keyIndex: slot.keyIndex, details: pairing.details, accountSignature: pairing.accountSignature,
            queryID: id, startedAt: now)
        connections[slot.connection]?.phase = .registering(attempt)
        accounts[account.number]?.keyIndexList = pairing.keyIndexList
        outcomes[slot.device] = nil
        let children = [
            Node("device-identity", bytes: pairing.deviceIdentity),
            Node("platform", ["name": "android"]),
            Node(
                "device",
                [
                    "jid": .jid(account.phoneNumberJID.withDevice(slot.device.device)),
                    "lid": .jid(account.lidJID.withDevice(slot.device.device)),
                ]),
        ]
        write(
            Node(
                "iq", ["from": .jid(.service), "type": "set", "id": .text(id), "t": .text("\(now.seconds)"), "xmlns": "md"],
                [Node("pair-success", [:], children)]), on: slot.connection)
        note(.phone, slot.device.number, "scanned the code of \(slot.registration.platform)")
    }

    /// A stanza on a connection that is not paired yet.
    mutating func received(_ stanza: Node, in attempt: PairingAttempt, on id: ConnectionID) throws(Refusal) {
        switch (stanza.tag, stanza.string("type"), stanza.string("id")) {
        case ("iq", "result", attempt.offerID):
            guard !attempt.isOfferAnswered else { throw .pairing("pair-device was answered twice") }
            var answered = attempt
            answered.isOfferAnswered = true
            connections[id]?.phase = .registering(answered)
        case ("iq", let type?, let query?) where query == attempt.scan?.queryID:
            guard let scan = attempt.scan else { return }
            guard attempt.isOfferAnswered else { throw .pairing("pair-success is answered, pair-device was not") }
            try answered(scan, with: stanza, type: type, registration: attempt.registration, on: id)
        case ("ack", "companion_reg_refresh", let acknowledged?) where acknowledged == attempt.refreshID:
            guard stanza.string("class") == "notification", stanza.jid("to") == .service else {
                throw .acknowledgement("wrong ack of the refresh")
            }
            var refreshed = attempt
            refreshed.refreshID = nil
            connections[id]?.phase = .registering(refreshed)
        case ("ack", "link_code_companion_reg", let acknowledged?) where acknowledged == attempt.linkCode?.answerID:
            guard stanza.string("class") == "notification", stanza.jid("to") == .service else {
                throw .acknowledgement("wrong ack of the code's answer")
            }
        case ("iq", "set", _?) where stanza.child("link_code_companion_reg") != nil:
            if let content = stanza.child("link_code_companion_reg") { try linkCode(stanza, content, in: attempt, on: id) }
        case ("iq", "get", let query?) where stanza.string("xmlns") == "w:p":
            write(result(of: query, []), on: id)
        case ("ib", _, _):
            break
        default:
            throw .pairing("unexpected \(StanzaSummary.of(stanza)) before the pairing")
        }
    }

    mutating func pairingFailed(_ scan: PairingAttempt.Scan, _ reason: String) {
        outcomes[scan.device] = .failed(reason)
        accounts[scan.device.number]?.keyIndexList = nil
        mail(.devicesRemoved, to: scan.device.number)
        note(.refused, scan.device, "pairing: \(reason)")
    }

    private func attempt(showing ref: String) -> (ConnectionID, PairingAttempt, PairingAttempt.Ref)? {
        for (id, connection) in connections {
            guard let attempt = connection.pairing, let found = attempt.refs.first(where: { $0.text == ref }) else { continue }
            return (id, attempt, found)
        }
        return nil
    }

    private mutating func answered(
        _ scan: PairingAttempt.Scan, with stanza: Node, type: String, registration: Registration, on id: ConnectionID
    ) throws(Refusal) {
        guard type == "result" else {
            let text = stanza.child("error").flatMap { $0.string("text") } ?? type
            throw .pairing("the client refused pair-success: \(text)")
        }
        let identity: [UInt8]
        do throws(Refusal) {
            identity = try DeviceSignature.check(
                stanza, scan: scan, identity: registration.identity, account: accounts[scan.device.number]?.identity)
        } catch {
            write(Node("stream:error", ["code": "401"]), on: id)
            throw error
        }
        let keys = PreKeyRegister(
            registrationID: registration.registrationID, identity: registration.identity, signedKey: registration.signedKey)
        self[scan.device] = LinkedDevice(
            number: scan.device.device, keyIndex: scan.keyIndex, noiseKey: registration.noiseKey, signedIdentity: identity,
            platform: registration.platform, keys: keys)
        outcomes[scan.device] = .paired(scan.device)
        note(.paired, scan.device, "key index \(scan.keyIndex), \(registration.platform)")
        announce(scan.device, keyIndex: scan.keyIndex, change: "add")
        // The scan is over: closing must not count as its failure.
        connections[id]?.phase = .online(scan.device)
        write(Node("stream:error", ["code": "515"]), on: id)
        close(id, after: 2_000)
    }
}
