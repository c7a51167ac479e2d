import Model
import WhatsApp

/// Makes stanzas that are almost valid: values exchanged, attributes and children taken away or doubled, absurd numbers and addresses.
struct NodeMutator {
    let seeds: [Node]

    private static let texts = [
        "", "0", "1", "-1", "+1", "007", "4294967296", "9223372036854775807", "18446744073709551615", "9223372036854776",
        "99999999999999999999",
        "NaN", "1e9", "true", "\u{0}", "\u{1F600}", "a b", "@", ":@", "1:70000@lid", "1:2:3@lid", "s.whatsapp.net", "0@s.whatsapp.net",
        "1.2:3@s.whatsapp.net", "120363@g.us", "status@broadcast", "result", "error", "retry", "set", "get", "2", "skmsg", "pkmsg", "msg",
    ]
    private static let tags = [
        "iq", "message", "receipt", "ack", "notification", "call", "ib", "enc", "user", "list", "item", "device", "key", "skey", "id",
        "value",
        "error", "count", "participants", "retry", "keys", "active", "passive", "query", "usync", "x",
    ]
    private static let servers: [JID.Server] = [
        .phoneNumber, .lid, .group, .broadcast, .newsletter, .hosted, .hostedLID, .legacyUser, .interop, JID.Server(rawValue: ""),
    ]

    func node(using rng: inout Jitter) -> Node {
        var node = seeds.randomElement(using: &rng) ?? Node("x")
        for _ in 0..<(UInt8.random(in: 0..<32, using: &rng) == 0 ? 0 : Int.random(in: 1...4, using: &rng)) { mutate(&node, using: &rng) }
        return node
    }

    private func mutate(_ node: inout Node, using rng: inout Jitter) {
        var children = node.children
        if let index = children.indices.randomElement(using: &rng), UInt8.random(in: 0..<3, using: &rng) != 0 {
            switch UInt8.random(in: 0..<8, using: &rng) {
            case 0: children.remove(at: index)
            case 1: children.append(contentsOf: [Node](repeating: children[index], count: Int.random(in: 1...40, using: &rng)))
            case 2: children.insert(seeds.randomElement(using: &rng)?.children.first ?? Node("x"), at: index)
            default: mutate(&children[index], using: &rng)
            }
            node.content = .nodes(children)
            return
        }
        switch UInt8.random(in: 0..<10, using: &rng) {
        case 0: node.tag = Self.tags.randomElement(using: &rng) ?? ""
        case 1: node.content = nil
        case 2, 3: damage(&node.content, using: &rng)
        case 4: node = Node(node.tag, node.attributes, [node])
        case 5: attribute(of: node, using: &rng).map { node.attributes[$0] = nil }
        default: attribute(of: node, using: &rng).map { node.attributes[$0] = value(using: &rng) }
        }
    }

    private func attribute(of node: Node, using rng: inout Jitter) -> String? { node.attributes.elements.randomElement(using: &rng)?.key }

    private func value(using rng: inout Jitter) -> AttributeValue {
        guard Bool.random(using: &rng) else { return .text(text(using: &rng)) }
        return .jid(address(using: &rng))
    }

    private func address(using rng: inout Jitter) -> JID {
        JID(
            user: text(using: &rng), server: Self.servers.randomElement(using: &rng) ?? .lid,
            device: [0, 1, 3, .max].randomElement(using: &rng) ?? 0, integrator: .random(in: 0...1, using: &rng))
    }

    private func text(using rng: inout Jitter) -> String {
        let text = Self.texts.randomElement(using: &rng) ?? ""
        return UInt8.random(in: 0..<16, using: &rng) == 0 ? String(repeating: text, count: 300) : text
    }

    private func damage(_ content: inout Node.Content?, using rng: inout Jitter) {
        switch UInt8.random(in: 0..<6, using: &rng) {
        case 0: content = .text(text(using: &rng))
        case 1: content = .jid(address(using: &rng))
        case 2: content = .nodes([])
        case 3: content = .bytes((0..<Int.random(in: 0...70, using: &rng)).map { _ in .random(in: 0...255, using: &rng) })
        default:
            guard case .bytes(let bytes) = content else { return }
            content = .bytes(Mutator(seeds: [bytes]).input(using: &rng))
        }
    }
}
