import Model
import Testing
@testable import WhatsApp

/// Nodes that nobody thought of: random ones, read back as they were written.
@Suite struct BinaryXMLRoundTripTests {
    @Test(arguments: 0..<20) func randomNodes(_ seed: UInt64) throws {
        var rng = Jitter(seed: seed)
        for _ in 0..<100 {
            let node = Self.node(depth: 0, using: &rng)
            #expect(try BinaryXML.decode(BinaryXML.encode(node)) == node)
        }
    }

    private static func node(depth: Int, using rng: inout Jitter) -> Node {
        var node = Node(name(using: &rng))
        for _ in 0..<Int.random(in: 0...6, using: &rng) { node.attributes[name(using: &rng)] = value(using: &rng) }
        switch Int.random(in: 0..<4, using: &rng) {
        case 0 where depth < 6:
            node.content = .nodes((0..<Int.random(in: 0...4, using: &rng)).map { _ in Self.node(depth: depth + 1, using: &rng) })
        case 1:
            let length = [0, 1, 255, 256, 70_000].randomElement(using: &rng) ?? 0
            node.content = .bytes((0..<length).map { _ in .random(in: 0...255, using: &rng) })
        case 2: node.content = .jid(jid(using: &rng))
        default: break
        }
        return node
    }

    private static func name(using rng: inout Jitter) -> String {
        let text = text(using: &rng)
        return text.isEmpty ? "x" : text
    }

    private static func value(using rng: inout Jitter) -> AttributeValue {
        Bool.random(using: &rng) ? .text(text(using: &rng)) : .jid(jid(using: &rng))
    }

    /// Tokens, packable texts at the border of packing, and others, up to long ones.
    private static func text(using rng: inout Jitter) -> String {
        let alphabets = ["0123456789-.", "0123456789ABCDEF", "abcdef0123", "aé\u{1F600}\u{2028}\"\\ @:"]
        guard Bool.random(using: &rng), let alphabet = alphabets.randomElement(using: &rng) else {
            return TokenTable.single.randomElement(using: &rng) ?? ""
        }
        let length = [0, 1, 2, 3, 20, 126, 127, 128, 300].randomElement(using: &rng) ?? 0
        return String((0..<length).compactMap { _ in alphabet.randomElement(using: &rng) })
    }

    private static func jid(using rng: inout Jitter) -> JID {
        let servers: [JID.Server] = [
            .phoneNumber, .lid, .group, .broadcast, .hosted, .hostedLID, .messenger, .interop, .init(rawValue: "new.server"),
        ]
        let server = servers.randomElement(using: &rng) ?? .lid
        let user = ["", "4917012345678", "status", "49-1"].randomElement(using: &rng) ?? ""
        let hasDevice = !user.isEmpty && ![.group, .broadcast, JID.Server(rawValue: "new.server")].contains(server)
        return JID(
            user: user, server: server, device: hasDevice ? .random(in: 0...255, using: &rng) : 0,
            integrator: server == .interop && !user.isEmpty ? .random(in: 0...UInt16.max, using: &rng) : 0)
    }
}
