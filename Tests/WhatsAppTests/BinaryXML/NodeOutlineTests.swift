import Model
import Testing

@testable import WhatsApp

@Suite struct NodeOutlineTests {
    @Test func valuesAreSizesOnly() {
        let node = Node(
            "message", ["to": "1@lid", "id": "A"],
            [Node("enc", ["v": "2"], bytes: [1, 2, 3]), Node("body", content: .text("secret")), Node("to", content: .jid(JID(user: "1", server: .lid))), Node("end")])
        #expect(
            node.outline()
                == #"<message to="1@lid" id="A"><enc v="2">3 bytes</enc><body>6 bytes</body><to>1@lid</to><end/></message>"#)
    }

    @Test func longOnesAreCutOff() {
        let wide = Node("a", [:], [Node](repeating: Node("b", ["c": "ä"]), count: 10_000))
        #expect(wide.outline(limit: 100).utf8.count <= 102)
    }
}
