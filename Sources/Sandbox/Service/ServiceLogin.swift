import Model
import WhatsApp

/// Logins of paired devices, the flow of their queues, and goodbyes.
extension Service {
    mutating func login(_ login: Login, noiseKey: [UInt8], on id: ConnectionID) throws(LoginFailure) {
        let address = login.address
        guard let account = accounts[address.number] else { throw LoginFailure(401, "no account \(address.number)") }
        guard let device = account.devices[address.device] else { throw LoginFailure(401, "no device \(address)") }
        guard device.noiseKey == noiseKey else { throw LoginFailure(401, "\(address) has another Noise key") }
        if let earlier = online[address] {
            note(.closed, address, "replaced by \(id)")
            write(Node("stream:error", [:], [Node("conflict", ["type": "replaced"])]), on: earlier)
            close(earlier, after: 200)
        }
        connections[id]?.phase = .online(address)
        online[address] = id
        note(.login, address, "\(device.platform), \(device.queue.entries.count) stanzas waiting")
        write(
            Node(
                "success",
                [
                    "t": .text("\(now.seconds)"), "props": "0", "abprops": "0", "location": "sbx", "creation": .text("\(now.seconds)"),
                    "lid": .jid(account.lidJID.withDevice(address.device)),
                ]), on: id)
        if !login.isPassive { becomeActive(address, on: id) }
    }

    /// `<active/>`, or a login that is not passive: everything that waited goes out, marked as offline traffic.
    mutating func becomeActive(_ address: DeviceAddress, on id: ConnectionID) {
        guard connections[id]?.isActive == false, var device = self[address] else { return }
        connections[id]?.isActive = true
        device.queue.restart(window: settings.offlineWindow)
        // It is among what goes out again.
        _ = faults.takeHeld(for: address)
        let isFirst = !device.wasActive
        device.wasActive = true
        self[address] = device
        let queue = device.queue
        connections[id]?.offlineCount = queue.entries.count
        write(
            Node(
                "ib", ["from": .jid(.service)],
                [
                    Node(
                        "offline_preview",
                        [
                            "count": .text("\(queue.entries.count)"), "message": .text("\(queue.waiting("message"))"),
                            "receipt": .text("\(queue.waiting("receipt"))"), "notification": .text("\(queue.waiting("notification"))"),
                            "appdata": "0",
                        ])
                ]), on: id)
        pump(address)
        if isFirst { mail(.firstActive(address.device), to: address.number) }
    }

    /// Takes a stanza that its receiver has to acknowledge: to the phone at once, to a linked device through its queue.
    mutating func deliver(_ sent: Node, to address: DeviceAddress) {
        let stanza = faults.applied(to: sent, for: address)
        if address.isPhone {
            mail(.stanza(stanza), to: address.number)
            return
        }
        guard var device = self[address] else { return }
        if let dropped = device.queue.append(stanza, offline: !isActive(address), limit: settings.queueLimit) {
            note(.stanza, address, "queue full, dropped \(StanzaSummary.of(dropped))")
        }
        self[address] = device
        if isActive(address) { pump(address) }
    }

    /// Writes what the device may get now.
    mutating func pump(_ address: DeviceAddress) {
        guard let id = online[address], connections[id]?.isActive == true, var device = self[address] else { return }
        let entries = device.queue.next(now: now)
        self[address] = device
        for entry in entries {
            var stanza = entry.stanza
            if entry.isOffline { stanza["offline"] = "0" }
            for part in faults.shaped(stanza, for: address) { write(part, on: id) }
        }
        guard let count = connections[id]?.offlineCount, device.queue.offlineLeft == 0 else { return }
        connections[id]?.offlineCount = nil
        write(Node("ib", ["from": .jid(.service)], [Node("offline", ["count": .text("\(count)")])]), on: id)
    }

    func isActive(_ address: DeviceAddress) -> Bool {
        online[address].flatMap { connections[$0]?.isActive } ?? false
    }

    /// Time passes: overdue answers, silent or stuck connections, refs that ran out.
    mutating func tick(now: Timestamp) {
        self.now = now
        for (id, connection) in connections { tick(id, connection) }
        let limit = now.adding(milliseconds: -settings.ackSeconds * 1_000)
        for (address, id) in online where connections[id]?.isActive == true {
            for stanza in faults.takeHeld(for: address) { write(stanza, on: id) }
        }
        for address in online.keys {
            guard var device = self[address] else { continue }
            let overdue = device.queue.overdue(before: limit)
            self[address] = device
            for entry in overdue { noteOverdue(entry, address) }
        }
    }

    private mutating func tick(_ id: ConnectionID, _ connection: ClientConnection) {
        if let closeAt = connection.closeAt {
            if closeAt <= now { act(.close(id)) }
            return
        }
        let age = now.milliseconds - connection.openedAt.milliseconds
        switch connection.phase {
        case .header, .hello, .finish:
            if age > settings.handshakeSeconds * 1_000 { end(id, .handshake("not finished in \(settings.handshakeSeconds) s")) }
        case .registering(let attempt):
            if let scan = attempt.scan {
                let waited = now.milliseconds - scan.startedAt.milliseconds
                if waited > settings.handshakeSeconds * 1_000 { end(id, .pairing("no answer to pair-success")) }
            } else if attempt.expires < now {
                note(.closed, id, "all refs have run out")
                close(id)
            }
        case .online:
            overduePings(id, connection)
            let silence = now.milliseconds - connection.lastHeard.milliseconds
            if silence > settings.silenceSeconds * 1_000 { end(id, .stanza("nothing heard for \(settings.silenceSeconds) s")) }
        case .leaving:
            break
        }
    }

    private mutating func end(_ id: ConnectionID, _ refusal: Refusal) {
        note(refusal, who(id))
        close(id)
    }
}

extension Node {
    /// An attribute; setting nil removes it.
    subscript(attribute: String) -> AttributeValue? {
        get { attributes[attribute] }
        set { attributes[attribute] = newValue }
    }
}
