import Model
import WhatsApp

/// What people do with groups on their phones.
extension World {
    mutating func createGroup(_ subject: String, by number: String, members: [String], now: Timestamp) throws(ControlError) -> Group {
        service.now = now
        _ = try existing(number)
        do throws(GroupError) {
            let group = try service.createGroup(subject, by: number, members: members)
            settle()
            return group
        } catch { throw error.control }
    }

    /// - Parameter isQuiet: no client is told, as if the notification had been lost.
    mutating func changeGroup(_ id: String, _ change: GroupChange, by number: String, isQuiet: Bool, now: Timestamp) throws(ControlError) -> Group {
        service.now = now
        _ = try existing(number)
        do throws(GroupError) {
            switch change {
            case .add(let numbers): try succeeded(service.addMembers(numbers, to: id, by: number, isQuiet: isQuiet))
            case .remove(let numbers): try succeeded(service.removeMembers(numbers, from: id, by: number, isQuiet: isQuiet))
            case .promote(let numbers): try succeeded(service.setRole(.admin, of: numbers, in: id, by: number))
            case .demote(let numbers): try succeeded(service.setRole(.member, of: numbers, in: id, by: number))
            case .leave: try service.leaveGroup(id, by: number)
            case .subject(let subject): try service.setSubject(subject, of: id, by: number)
            case .announcement(let isOn): try service.setAnnouncement(isOn, of: id, by: number)
            case .addressing(let usesLIDs): try service.setAddressing(usesLIDs: usesLIDs, of: id)
            }
        } catch { throw error.control }
        settle()
        guard let group = service.groups[id] else { throw .notFound("no group \(id)") }
        return group
    }

    private func succeeded(_ results: [(String, Int)]) throws(GroupError) {
        if let missing = results.first(where: { $0.1 == 404 }) { throw .noSuchPerson(missing.0) }
    }

    mutating func send(_ text: String, from number: String, toGroup jid: JID, now: Timestamp) throws(ControlError) -> String {
        service.now = now
        guard !text.isEmpty else { throw .badRequest("the text is empty") }
        guard try existing(number).isOnline else { throw .conflict("phone \(number) is off") }
        guard service.groups[jid.user] != nil else { throw .notFound("no group \(jid)") }
        do throws(Refusal) {
            let id = try deliver(plain(text), from: number, toGroup: jid.user)
            settle()
            return id
        } catch {
            service.note(error, number)
            throw .conflict(error.reason)
        }
    }

    /// Marks messages of a group as read and tells their authors.
    mutating func read(_ ids: [String], in jid: JID, by number: String, now: Timestamp) throws(ControlError) {
        service.now = now
        let phone = try existing(number)
        guard let group = service.groups[jid.user] else { throw .notFound("no group \(jid)") }
        let messages = ids.flatMap(phone.messages.named).filter { $0.chat == jid.description && !$0.fromMe }
        guard !ids.isEmpty, messages.count == ids.count else { throw .notFound("not all of these are messages in \(jid)") }
        self[number]?.update(Set(ids), where: { message in messages.contains { $0.id == message.id && $0.from == message.from } }) { $0.status = .read }
        for (author, written) in Dictionary(grouping: messages, by: \.from).sorted(by: { $0.key < $1.key }) {
            guard let first = written.first else { continue }
            var receipt = PhoneReceipt.read(first: first.id, others: written.dropFirst().map(\.id), chat: jid, now: now)
            receipt["participant"] = .jid(service.jid(.phone(author), in: group))
            service.receipt(receipt, from: phone.address)
        }
        settle()
    }
}

/// A change of a group that the control interface knows.
enum GroupChange: Sendable {
    case add([String]), remove([String]), promote([String]), demote([String]), leave
    case subject(String), announcement(Bool), addressing(usesLIDs: Bool)
}

extension GroupError {
    fileprivate var control: ControlError {
        switch self {
        case .unknownGroup, .noSuchPerson: .notFound(reason)
        case .notAMember, .notAnAdmin: .conflict(reason)
        case .badSubject: .badRequest(reason)
        }
    }
}
