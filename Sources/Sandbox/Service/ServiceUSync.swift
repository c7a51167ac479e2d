import Model
import WhatsApp

/// usync: who exists, with which devices and LID. Source: protocol notes on messages, section 2, and on state, section 4.
extension Service {
    /// More users in one query than the service takes.
    private static let userLimit = 500

    mutating func deviceLists(_ usync: Node?, from asker: DeviceAddress) throws(QueryError) -> [Node] {
        guard let usync, usync.string("sid") != nil, usync.string("mode") != nil, usync.string("context") != nil,
            let query = usync.child("query"), let list = usync.child("list"), list.children.count <= Self.userLimit
        else { throw .badRequest }
        var users: [Node] = []
        for user in list.children {
            guard user.tag == "user" else { throw .badRequest }
            users.append(try answer(user, query: query, asker: asker))
        }
        var answer = Node("usync", [:], [Node("result", [:], query.children.map { Node($0.tag) }), Node("list", [:], users)])
        for name in ["sid", "mode", "context", "last", "index"] { answer[name] = usync[name] }
        return [answer]
    }

    private mutating func answer(_ user: Node, query: Node, asker: DeviceAddress) throws(QueryError) -> Node {
        let contact = user.child("contact")
        guard let (account, asked) = try find(user, contact: contact) else {
            return Node(
                "user", ["jid": user["jid"] ?? .jid(JID(user: Self.digits(contact?.text), server: .phoneNumber))], unknown(query, contact))
        }
        var children: [Node] = []
        for part in query.children {
            switch part.tag {
            case "devices":
                self[asker]?.watches.insert(account.number)
                children.append(devices(of: account))
            case "lid": children.append(Node("lid", ["val": .jid(account.lidJID)]))
            case "contact": children.append(Node("contact", ["type": "in"], bytes: contact?.bytes ?? Array(account.number.utf8)))
            case "status": children.append(Node("status", ["t": .text("\(now.seconds)")], text: account.status))
            default: break
            }
        }
        let wantsLID = query.child("contact")?.string("addressing_mode") == "lid"
        let jid = asked ?? (wantsLID ? account.lidJID : account.phoneNumberJID)
        return Node("user", ["jid": .jid(jid), "pn_jid": .jid(account.phoneNumberJID)], children)
    }

    /// - Returns: the account, and the JID it was asked by where there was one.
    private func find(_ user: Node, contact: Node?) throws(QueryError) -> (Account, JID?)? {
        if let jid = user.jid("jid") {
            guard jid.isPerson, jid.device == 0 else { throw .badRequest }
            return account(of: jid).map { ($0, jid) }
        }
        guard let contact, let text = contact.text, !Self.digits(text).isEmpty else { throw .badRequest }
        return accounts[Self.digits(text)].map { ($0, nil) }
    }

    /// `+96890000001` and `96890000001@c.us` ask for the same number.
    private static func digits(_ text: String?) -> String { String((text ?? "").prefix { $0 != "@" }.filter { $0.isASCII && $0.isNumber }) }

    private func unknown(_ query: Node, _ contact: Node?) -> [Node] {
        var children: [Node] = []
        if query.child("contact") != nil { children.append(Node("contact", ["type": "out"], bytes: contact?.bytes ?? [])) }
        if query.child("devices") != nil { children.append(Node("devices", [:], [Node("device-list", [:], [])])) }
        return children
    }

    private func devices(of account: Account) -> Node {
        var list = [Node("device", ["id": "0"])]
        for device in account.devices.values.sorted(by: { $0.number < $1.number }) {
            list.append(Node("device", ["id": .text("\(device.number)"), "key-index": .text("\(device.keyIndex)")]))
        }
        var children = [Node("device-list", [:], list)]
        if let signed = account.keyIndexList, !account.devices.isEmpty {
            children.append(Node("key-index-list", ["ts": .text("\(signed.timestamp)")], bytes: signed.bytes))
        }
        return Node("devices", [:], children)
    }
}
