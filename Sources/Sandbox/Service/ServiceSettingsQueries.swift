import Model
import WhatsApp

/// Privacy, block list, about text: small state of an account that clients read and write.
extension Service {
    mutating func settings(_ stanza: Node, type: String, from address: DeviceAddress) throws(QueryError) -> [Node] {
        guard let account = accounts[address.number] else { throw .notFound }
        let child = stanza.children.first
        switch (stanza.string("xmlns") ?? "", type, child?.tag ?? "") {
        case ("privacy", "get", _):
            return [privacy(of: account)]
        case ("privacy", "set", "tokens"):
            try giveTokens(child?.children ?? [], from: address)
            return []
        case ("privacy", "set", "privacy"):
            for category in child?.children("category") ?? [] {
                guard let name = category.string("name"), let value = category.string("value"), account.privacy[name] != nil else {
                    throw .badRequest
                }
                accounts[address.number]?.privacy[name] = value
            }
            return accounts[address.number].map { [privacy(of: $0)] } ?? []
        case ("blocklist", "get", _):
            return [blockList(of: account)]
        case ("blocklist", "set", "item"):
            guard let jid = child?.jid("jid"), let other = self.account(of: jid) else { throw .notFound }
            if child?.string("action") == "block" {
                accounts[address.number]?.blocked.insert(other.number)
            } else {
                accounts[address.number]?.blocked.remove(other.number)
            }
            return accounts[address.number].map { [blockList(of: $0)] } ?? []
        case ("status", "get", "privacy"):
            return [Self.statusPrivacy]
        case ("status", "set", "status"):
            guard let text = child?.text else { throw .badRequest }
            accounts[address.number]?.status = text
            return []
        case ("disappearing_mode", "set", _), ("tos", _, _):
            return []
        default:
            throw .notImplemented
        }
    }

    private func privacy(of account: Account) -> Node {
        let categories = account.privacy.sorted { $0.key < $1.key }
        return Node("privacy", [:], categories.map { Node("category", ["name": .text($0.key), "value": .text($0.value)]) })
    }

    private func blockList(of account: Account) -> Node {
        let items = account.blocked.sorted().compactMap { accounts[$0] }
        return Node(
            "list", ["dhash": .text("\(items.count)")],
            items.map { Node("item", ["jid": .jid($0.lidJID), "pn_jid": .jid($0.phoneNumberJID)]) })
    }
}
