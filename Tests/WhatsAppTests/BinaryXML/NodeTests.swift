import Model
import Testing
@testable import WhatsApp

@Suite struct NodeTests {
    @Test func equalityIgnoresTheOrderOfAttributes() {
        #expect(Node("a", ["x": "1", "y": "2"]) == Node("a", ["y": "2", "x": "1"]))
        #expect(Node("a", ["x": "1", "y": "2"]) != Node("a", ["x": "1"]))
        #expect(Node("a", ["x": "1"]) != Node("a", ["x": "2"]))
        #expect(Node("a", ["x": "1"]) != Node("a", ["y": "1"]))
    }

    @Test func contentIsMissingOrEmpty() throws {
        let (missing, empty) = (Node("list"), Node("list", [:], []))
        #expect(missing != empty)
        #expect(BinaryXML.encode(missing) != BinaryXML.encode(empty))
        #expect(try BinaryXML.decode(BinaryXML.encode(missing)) == missing)
        #expect(try BinaryXML.decode(BinaryXML.encode(empty)) == empty)
        #expect(empty.children.isEmpty && empty.bytes == nil && missing.bytes == nil && missing.text == nil)
    }

    @Test func valuesAreReadFromEitherForm() {
        #expect(Node("a", content: .text("12")).bytes == [0x31, 0x32])
        #expect(Node("a", content: .bytes([0x31, 0x32])).text == "12")
        #expect(Node("a", content: .bytes([0xFF])).text == nil)
        #expect(Node("a", content: .jid(.service)).text == "s.whatsapp.net")
        #expect(Node("a", ["from": "s.whatsapp.net"]).jid("from") == .service)
        #expect(Node("a", ["from": .jid(.status)]).string("from") == "status@broadcast")
    }

    @Test func numbers() {
        let node = Node("a", ["n": 17, "plus": "+1", "minus": "-1", "word": "x", "none": "", "big": "18446744073709551616"])
        #expect(node.uint("n") == 17)
        for name in ["plus", "minus", "word", "none", "big", "missing"] { #expect(node.uint(name) == nil, "\(name)") }
    }

    @Test func attributesAreSetAndRemoved() {
        var attributes: Attributes = ["a": "1", "a": "2"]
        #expect(attributes == ["a": "2"])
        attributes["b"] = .jid(.service)
        attributes["a"] = nil
        attributes["c"] = nil
        #expect(attributes == ["b": .jid(.service)])
    }

    @Test func children() {
        let node = Node("a", [:], [Node("b", ["n": "1"]), Node("c"), Node("b", ["n": "2"])])
        #expect(node.child("b")?.string("n") == "1")
        #expect(node.children("b").count == 2)
        #expect(node.child("d") == nil)
    }
}
