import CZlib
import Model
import Testing
@testable import WhatsApp

@Suite struct BinaryXMLHostileTests {
    @Test func emptyPayload() {
        #expect(throws: BinaryXMLError.empty) { try BinaryXML.decode([]) }
    }

    @Test func announcedLengthsAllocateNothing() {
        // 4 GiB of content, 65,535 children, 65,535 list entries: nothing of it follows.
        for payload: [UInt8] in [
            [0, 0xF8, 2, 0x19, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF], [0, 0xF8, 2, 0x19, 0xF9, 0xFF, 0xFF], [0, 0xF9, 0xFF, 0xFF, 0x19],
        ] {
            #expect(throws: BinaryXMLError.self) { try BinaryXML.decode(payload) }
        }
    }

    @Test func nestingEndsAtTheLimit() throws {
        func nested(_ levels: Int) -> [UInt8] {
            [0] + Array(repeating: [0xF8, 2, 0x19, 0xF8, 1] as [UInt8], count: levels - 1).joined() + [0xF8, 1, 0x19]
        }
        #expect(try BinaryXML.decode(nested(BinaryXMLLimits.depth)).tag == "iq")
        #expect(throws: BinaryXMLError.tooDeep(limit: BinaryXMLLimits.depth)) { try BinaryXML.decode(nested(BinaryXMLLimits.depth + 1)) }
        #expect(throws: BinaryXMLError.tooDeep(limit: BinaryXMLLimits.depth)) { try BinaryXML.decode(nested(1_000_000)) }
    }

    @Test func attributesEndAtTheLimit() throws {
        func payload(_ count: Int) -> [UInt8] {
            let size = 1 + 2 * count
            return [0, 0xF9, UInt8(size >> 8), UInt8(size & 0xFF), 0x19] + Array(repeating: [8, 8] as [UInt8], count: count).joined()
        }
        // The same key over and over: the last one counts.
        #expect(try BinaryXML.decode(payload(BinaryXMLLimits.attributes)).attributes == ["id": "id"])
        let tooMany = BinaryXMLLimits.attributes + 1
        #expect(throws: BinaryXMLError.tooManyAttributes(count: tooMany, limit: BinaryXMLLimits.attributes)) {
            try BinaryXML.decode(payload(tooMany))
        }
    }

    @Test func nodesEndAtTheLimit() {
        // Lists of 65,535 leaves, as many as it takes.
        let leaves = Array(repeating: [0xF8, 1, 0x19] as [UInt8], count: 0xFFFF).joined()
        let lists = BinaryXMLLimits.nodes / 0xFFFF + 1
        let list: [UInt8] = [0xF8, 2, 0x19, 0xF9, 0xFF, 0xFF] + leaves
        let payload = [0, 0xF8, 2, 0x19, 0xF8, UInt8(lists)] + Array(repeating: list, count: lists).joined()
        #expect(throws: BinaryXMLError.tooManyNodes(limit: BinaryXMLLimits.nodes)) { try BinaryXML.decode(Array(payload)) }
    }

    @Test func badUTF8IsRepairedInValuesAndRefusedInNames() throws {
        let value = try BinaryXML.decode([0, 0xF8, 3, 0x19, 0x18, 0xFC, 2, 0x61, 0xFF])
        #expect(value == Node("iq", ["notify": "a\u{FFFD}"]))
        #expect(throws: BinaryXMLError.invalidUTF8(position: 4)) { try BinaryXML.decode([0, 0xF8, 1, 0xFC, 2, 0xC3, 0x28]) }
        #expect(throws: BinaryXMLError.invalidUTF8(position: 5)) { try BinaryXML.decode([0, 0xF8, 3, 0x19, 0xFC, 1, 0x80, 8]) }
        // In the user of an address.
        #expect(throws: BinaryXMLError.self) { try BinaryXML.decode([0, 0xF8, 3, 0x19, 8, 0xFA, 0xFC, 1, 0x80, 3]) }
    }

    @Test(arguments: [
        [0, 0xF8, 1, 0xF8] as [UInt8], [0, 0xF8, 1, 0], [0, 0xF8, 1, 0xFC, 0], [0, 0xF8, 3, 0x19, 8, 0xF8, 0], [0, 0x19],
        [0, 0xF8, 1, 0xFA, 0, 3], [0, 0xF8, 3, 0x19, 8, 0xF7, 0, 1, 0], [0, 0xF8, 3, 0x19, 8, 0xF6, 8, 0, 1, 3],
        [0, 0xF8, 3, 0x19, 8, 0xF5, 8, 0, 1, 0, 1, 3], [0, 0xF8, 3, 0x19, 8, 0xFF, 0x80], [0, 0xF8, 3, 0x19, 8, 0xFF, 1, 0x1F],
        [0, 0xF8, 1, 0xF1], [0, 0xF8, 3, 0x19, 8, 0xF4], [0, 0xF8, 2, 0x19, 0xF0],
    ])
    func refusesForms(_ payload: [UInt8]) {
        #expect(throws: BinaryXMLError.self) { try BinaryXML.decode(payload) }
    }

    @Test func zlib() throws {
        let node = Node("iq", ["id": "1"], bytes: [UInt8](repeating: 7, count: 300_000))
        let packed = compressed(Array(BinaryXML.encode(node).dropFirst()))
        #expect(packed.count < 2_000)
        #expect(try BinaryXML.decode([2] + packed) == node)
        #expect(throws: BinaryXMLError.leftover(bytes: 1)) { try BinaryXML.decode([2] + packed + [0]) }
        for length in [0, 1, 2, packed.count / 2, packed.count - 1] {
            #expect(throws: BinaryXMLError.self) { try BinaryXML.decode([2] + packed.prefix(length)) }
        }
        #expect(throws: BinaryXMLError.inflate(Z_DATA_ERROR)) { try BinaryXML.decode([2, 1, 2, 3, 4, 5]) }
    }

    @Test func zlibBomb() {
        let bomb = compressed([UInt8](repeating: 0, count: 64 << 20))
        #expect(bomb.count < 1 << 17)
        #expect(throws: BinaryXMLError.inflatedTooLong(limit: BinaryXMLLimits.inflated)) { try BinaryXML.decode([2] + bomb) }
    }

    private func compressed(_ bytes: [UInt8]) -> [UInt8] {
        var length = compressBound(UInt(bytes.count))
        var output = [UInt8](repeating: 0, count: Int(length))
        #expect(compress2(&output, &length, bytes, UInt(bytes.count), 9) == Z_OK)
        return Array(output.prefix(Int(length)))
    }

    @Test func everyDeviceKeepsItsNumber() throws {
        for device: UInt16 in [0, 1, 99, 255] {
            let node = Node("to", ["jid": .jid(.init(user: "4917012345678", server: .phoneNumber, device: device))])
            #expect(try BinaryXML.decode(BinaryXML.encode(node)) == node)
        }
        // No typed form holds it; the address stays in the text and is not cut to device 0.
        let large = Node("to", ["jid": .jid(.init(user: "1", server: .lid, device: 256))])
        #expect(try BinaryXML.decode(BinaryXML.encode(large)).string("jid") == "1:256@lid")
    }

    @Test func addressesWithoutUserArePairsWhateverTheServer() throws {
        for server: JID.Server in [.messenger, .interop, .hosted, .hostedLID, .lid, .group] {
            let node = Node("to", ["jid": .jid(.init(user: "", server: server))])
            #expect(try BinaryXML.decode(BinaryXML.encode(node)) == node)
        }
    }

    @Test func listsTooLongForTheirCountAreNotCut() {
        let children = [Node](repeating: Node("item"), count: 65_536)
        #expect(BinaryXML.encodeIfPossible(Node("list", [:], children)) == nil)
        // Flag, list header and tag, list header, and 3 or 4 bytes for each item.
        let longest = Node("list", [:], Array(children.dropLast()))
        #expect(BinaryXML.encodeIfPossible(longest)?.prefix(7) == [0, 0xF8, 2, 0x71, 0xF9, 0xFF, 0xFF])
    }
}
