import Model
import Testing
@testable import WhatsApp

/// The contents of `wabinary.json`.
struct BinaryXMLVectors: Decodable {
    struct Case: Decodable, CustomTestStringConvertible {
        let name: String
        let node: VectorNode
        let encoded: String?
        let without_flag: String?
        var testDescription: String { name }
        func payload() throws -> [UInt8] { try encoded.map { try bytes($0) } ?? ([0] + bytes(without_flag ?? "")) }
    }
    struct Invalid: Decodable, CustomTestStringConvertible {
        let name: String
        let encoded: String
        var testDescription: String { name }
    }
    struct Packed: Decodable { let text: String, kind: String, encoded: String }
    struct UInt20: Decodable { let value: UInt32, bytes: String }
    struct FrameHeader: Decodable { let length: Int, bytes: String }
    struct FrameSplit: Decodable { let stream: String, frames: [String] }

    let cases: [Case], decode_only: [Case], invalid: [Invalid], packed: [Packed], uint20: [UInt20]
    let frame_header: [FrameHeader], frame_split: FrameSplit

    static func load() throws -> BinaryXMLVectors { try VectorFile.decode(BinaryXMLVectors.self, from: "wabinary.json") }
}

/// A node as the vector file spells it.
struct VectorNode: Decodable {
    struct Attribute: Decodable { let k: String, v: String, t: String }
    struct Content: Decodable { let hex: String?, text: String?, children: [VectorNode]? }

    let tag: String, attrs: [Attribute], content: Content?

    func node() throws -> Node {
        var node = Node(tag)
        for attribute in attrs { node.attributes[attribute.k] = try Self.value(attribute) }
        if let hex = content?.hex { node.content = .bytes(try bytes(hex)) }
        if let text = content?.text { node.content = .text(text) }
        if let children = content?.children { node.content = .nodes(try children.map { try $0.node() }) }
        return node
    }

    private static func value(_ attribute: Attribute) throws -> AttributeValue {
        guard attribute.t == "jid" else { return .text(attribute.v) }
        var jid = try #require(JID(parsing: attribute.v))
        if jid.server == .interop {
            // The vectors spell the integrator in front of the user.
            let parts = jid.user.split(separator: "-", maxSplits: 1)
            jid.integrator = try #require(UInt16(parts[0]))
            jid.user = String(parts[1])
        }
        return .jid(jid)
    }
}
