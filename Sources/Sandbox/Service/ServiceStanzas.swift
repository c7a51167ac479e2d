import Model
import WhatsApp

/// What paired clients send, by class.
extension Service {
    mutating func received(_ stanza: Node, on id: ConnectionID) throws(Refusal) {
        switch connections[id]?.phase {
        case .registering(let attempt): try received(stanza, in: attempt, on: id)
        case .online(let address): try received(stanza, from: address, on: id)
        default: break
        }
    }

    private mutating func received(_ stanza: Node, from address: DeviceAddress, on id: ConnectionID) throws(Refusal) {
        note(.stanza, address, StanzaSummary.of(stanza))
        switch stanza.tag {
        case "iq": try query(stanza, from: address, on: id)
        case "message": message(stanza, from: address)
        case "receipt": receipt(stanza, from: address)
        case "ack": acknowledgement(stanza, from: address)
        case "presence": presence(stanza, from: address)
        case "ib": information(stanza, from: address)
        case "chatstate": chatState(stanza, from: address)
        case "call": call(stanza, from: address)
        default:
            note(.stanza("unknown stanza \(stanza.tag)"), address)
        }
    }

    /// Writes to a linked device what it need not acknowledge; phones need none of it.
    mutating func reply(_ stanza: Node, to address: DeviceAddress) {
        guard let id = online[address] else { return }
        write(stanza, on: id)
    }

    /// `<ack>` of the service for something a client sent.
    func acknowledgement(of stanza: Node, class tag: String) -> Node {
        var ack = Node("ack", ["class": .text(tag), "t": .text("\(now.seconds)")])
        ack["id"] = stanza["id"]
        ack["from"] = stanza["to"]
        ack["participant"] = stanza["participant"]
        ack["recipient"] = stanza["recipient"]
        if tag != "message" { ack["type"] = stanza["type"] }
        return ack
    }

    private mutating func presence(_ stanza: Node, from address: DeviceAddress) {
        switch stanza.string("type") ?? "available" {
        case "available":
            guard let name = stanza.string("name"), !name.isEmpty else {
                note(.stanza("presence available without a push name"), address)
                return
            }
            self[address]?.isAvailable = true
        case "unavailable":
            self[address]?.isAvailable = false
        case "subscribe", "unsubscribe":
            guard let to = stanza.jid("to"), let account = account(of: to) else {
                note(.stanza("presence subscription to nobody"), address)
                return
            }
            reply(Node("presence", ["from": .jid(to.isLID ? account.lidJID : account.phoneNumberJID), "type": "unavailable"]), to: address)
        case let other:
            note(.stanza("presence of type \(other)"), address)
        }
    }

    private mutating func information(_ stanza: Node, from address: DeviceAddress) {
        guard let child = stanza.children.first else {
            note(.stanza("<ib> without content"), address)
            return
        }
        switch child.tag {
        case "offline_batch":
            guard let count = child.uint("count"), count > 0, count <= 10_000 else {
                note(.stanza("offline_batch without a count"), address)
                return
            }
            self[address]?.queue.credit += Int(count)
            pump(address)
        case "unified_session":
            break
        default:
            note(.stanza("<ib> with \(child.tag)"), address)
        }
    }

    private mutating func chatState(_ stanza: Node, from address: DeviceAddress) {
        do throws(Refusal) {
            guard let to = stanza.jid("to"), let state = stanza.children.first else { throw .stanza("chatstate to nobody") }
            guard ["composing", "paused"].contains(state.tag), ["audio", nil].contains(state.string("media")) else {
                throw .stanza("chatstate \(state.tag) of medium \(state.string("media") ?? "none")")
            }
            // The real service keeps what a device does that nobody looks at to itself.
            guard state.tag == "paused" || self[address]?.isAvailable == true else { throw .stanza("chatstate of a device that is not available") }
            if let group = group(to) {
                guard group.member(address.number) != nil else { throw .stanza("chatstate to a group of others") }
                for member in group.members where member.number != address.number {
                    tell(state, from: group.jid, participant: jid(.phone(address.number), in: group), to: member.number)
                }
            } else {
                guard let account = account(of: to) else { throw .stanza("chatstate to nobody") }
                tell(state, from: lidJID(address).bare, participant: nil, to: account.number)
            }
        } catch {
            note(error, address)
        }
    }

    private mutating func tell(_ state: Node, from chat: JID, participant: JID?, to number: String) {
        var forwarded = Node("chatstate", ["from": .jid(chat)], [state])
        forwarded["participant"] = participant.map { .jid($0) }
        for device in accounts[number]?.devices.keys.sorted() ?? [] { reply(forwarded, to: DeviceAddress(number: number, device: device)) }
        mail(.stanza(forwarded), to: number)
    }
}
