import Model
import WhatsApp

extension FuzzTarget {
    static let binaryXML = FuzzTarget(
        name: "binary-xml",
        seeds: { try VectorBytes.all(["encoded"], in: "wabinary.json") + addresses().map(BinaryXML.encode) },
        prepare: {
            { input, _ in
                guard let node = try? BinaryXML.decode(input) else { return }
                // What was read is written in one form, which is read back to the same bytes.
                let written = BinaryXML.encode(node)
                guard let again = try? BinaryXML.decode(written) else { throw FuzzFinding(rule: "own encoding is refused") }
                guard BinaryXML.encode(again) == written else { throw FuzzFinding(rule: "encoding is not stable") }
            }
        })

    /// Every form of address, as attribute and as content.
    private static func addresses() -> [Node] {
        let servers: [JID.Server] = [
            .phoneNumber, .lid, .group, .broadcast, .newsletter, .bot, .hosted, .hostedLID, .messenger, .interop, .call, .legacyUser,
        ]
        return servers.flatMap { server in
            ["", "4917012345678", "status", "3EB0F"].map { user in
                let jid = JID(user: user, server: server, device: user.isEmpty ? 0 : 3, integrator: server == .interop ? 44 : 0)
                return Node("to", ["jid": .jid(jid)], content: .jid(jid.bare))
            }
        }
    }
}
