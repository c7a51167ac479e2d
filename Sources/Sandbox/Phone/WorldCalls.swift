import CryptoPrimitives
import Model
import WhatsApp

/// Calls between simulated phones, as far as linked devices see them. Source: protocol notes on messages, section 11.
extension World {
    private static let callLimit = 200

    /// - Returns: the call's id.
    mutating func call(_ other: String, from number: String, video: Bool, group: String? = nil, now: Timestamp) throws(ControlError) -> String {
        service.now = now
        var phone = try existing(number)
        guard phone.isOnline else { throw .conflict("phone \(number) is off") }
        guard let callee = service.accounts[other], other != number else { throw .notFound("no other phone \(other)") }
        let id = StanzaID.phoneMessage(using: &service.rng)
        phone.calls.append(PhoneCall(id: id, to: other, video: video, status: .ringing, rejectedBy: nil, time: now.iso8601))
        if phone.calls.count > Self.callLimit { phone.calls.removeFirst() }
        self[number] = phone
        service.ring(id, from: number, to: callee, video: video, group: group)
        settle()
        return id
    }

    /// The phone that is called takes the call, or refuses it: its linked devices stop ringing.
    mutating func answerCall(_ id: String, by number: String, accepts: Bool, now: Timestamp) throws(ControlError) {
        service.now = now
        _ = try existing(number)
        guard let caller = phones.values.first(where: { $0.calls.contains { $0.id == id && $0.to == number && $0.status == .ringing } })?.number,
            let index = self[caller]?.calls.firstIndex(where: { $0.id == id }), let account = service.accounts[number]
        else { throw .notFound("no call \(id) rings at \(number)") }
        self[caller]?.calls[index].status = accepts ? .accepted : .rejected
        if !accepts { self[caller]?.calls[index].rejectedBy = "\(number):0" }
        service.endCall(id, from: caller, to: account, reason: accepts ? "accepted_elsewhere" : "rejected_elsewhere")
        settle()
    }

    /// The caller gives up.
    mutating func hangUp(_ id: String, by number: String, now: Timestamp) throws(ControlError) {
        service.now = now
        var phone = try existing(number)
        guard let index = phone.calls.firstIndex(where: { $0.id == id }) else { throw .notFound("\(number) made no call \(id)") }
        guard phone.calls[index].status == .ringing else { throw .conflict("the call has ended") }
        phone.calls[index].status = .missed
        let callee = phone.calls[index].to
        self[number] = phone
        if let account = service.accounts[callee] { service.endCall(id, from: number, to: account, reason: "timeout") }
        settle()
    }

    /// A linked device of the other side refused the call.
    mutating func callRejected(_ stanza: Node, _ number: String) {
        guard let from = stanza.jid("from"), let account = service.account(of: from), let id = stanza.child("reject")?.string("call-id"),
            let index = self[number]?.calls.firstIndex(where: { $0.id == id && $0.status == .ringing })
        else { return }
        self[number]?.calls[index].status = .rejected
        self[number]?.calls[index].rejectedBy = account.address(from.device).description
        service.endCall(id, from: number, to: account, reason: "rejected_elsewhere", except: from.device)
    }
}

extension Service {
    /// Offers a call to every linked device of an account.
    mutating func ring(_ id: String, from number: String, to callee: Account, video: Bool, group: String? = nil) {
        guard let caller = accounts[number] else { return }
        var offer = event("offer", id, caller)
        offer["caller_pn"] = .jid(caller.phoneNumberJID)
        offer.content = .nodes([Node("audio", ["enc": "opus", "rate": "16000"])] + (video ? [Node("video", ["enc": "vp8"])] : []))
        note(.phone, number, "calls \(callee.number)")
        if let group {
            // Group calls are told twice: as a notice to the members, and as the offer itself.
            offer["group-jid"] = .text(group)
            var notice = event("offer_notice", id, caller)
            notice["caller_pn"] = .jid(caller.phoneNumberJID)
            notice["group-jid"] = .text(group)
            notice["media"] = video ? "video" : "audio"
            notice["type"] = "group"
            tell(notice, of: caller, to: callee, except: nil)
        }
        tell(offer, of: caller, to: callee, except: nil)
    }

    mutating func endCall(_ id: String, from number: String, to callee: Account, reason: String, except device: UInt16? = nil) {
        guard let caller = accounts[number] else { return }
        var end = event("terminate", id, caller)
        end["reason"] = .text(reason)
        tell(end, of: caller, to: callee, except: device)
    }

    /// What a client says about a call: only a refusal has an effect here.
    mutating func call(_ stanza: Node, from address: DeviceAddress) {
        do throws(Refusal) {
            guard let id = stanza.string("id"), !id.isEmpty, let child = stanza.children.first else {
                throw .stanza("a call without id or content")
            }
            guard let to = stanza.jid("to"), let caller = account(of: to) else { throw .stanza("a call to nobody") }
            guard child.tag == "reject" else { throw .stanza("calls can only be rejected here, not \(child.tag)") }
            guard child.string("call-id") != nil,
                child.jid("call-creator")?.bare == caller.lidJID || child.jid("call-creator")?.bare == caller.phoneNumberJID
            else { throw .stanza("reject without call-id, or call-creator is not the caller") }
            var forwarded = Node("call", ["from": .jid(lidJID(address)), "t": .text("\(now.seconds)")], [child])
            forwarded["id"] = stanza["id"]
            mail(.stanza(forwarded), to: caller.number)
            note(.phone, address, "rejects the call of \(caller.number)")
        } catch {
            note(error, address)
        }
        reply(acknowledgement(of: stanza, class: "call"), to: address)
    }

    private func event(_ tag: String, _ id: String, _ caller: Account) -> Node {
        Node(tag, ["call-id": .text(id), "call-creator": .jid(caller.lidJID)])
    }

    private mutating func tell(_ event: Node, of caller: Account, to callee: Account, except device: UInt16?) {
        for number in callee.devices.keys.sorted() where number != device {
            let stanza = Node(
                "call",
                [
                    "from": .jid(caller.lidJID), "id": .text(nextStanzaID()), "t": .text("\(now.seconds)"), "platform": "android",
                    "version": "2.26.30.1", "notify": .text(caller.name),
                ], [event])
            deliver(stanza, to: callee.address(number))
        }
    }
}
