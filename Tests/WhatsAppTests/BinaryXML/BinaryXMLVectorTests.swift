import CryptoPrimitives
import Testing
@testable import WhatsApp

@Suite struct BinaryXMLVectorTests {
    @Test(arguments: try BinaryXMLVectors.load().cases)
    func encodesAndDecodes(_ vector: BinaryXMLVectors.Case) throws {
        let node = try vector.node.node()
        #expect(Hex.encode(BinaryXML.encode(node)) == vector.encoded)
        #expect(try BinaryXML.decode(vector.payload()) == node)
    }

    @Test(arguments: try BinaryXMLVectors.load().decode_only)
    func decodes(_ vector: BinaryXMLVectors.Case) throws {
        #expect(try BinaryXML.decode(vector.payload()) == vector.node.node())
    }

    @Test(arguments: try BinaryXMLVectors.load().invalid)
    func refuses(_ vector: BinaryXMLVectors.Invalid) throws {
        let payload = try bytes(vector.encoded)
        #expect(throws: BinaryXMLError.self) { try BinaryXML.decode(payload) }
    }

    @Test func lengthsOfTwentyBits() throws {
        let vectors = try BinaryXMLVectors.load().uint20
        #expect(vectors.count == 4)
        for vector in vectors {
            var reader = ByteReader(try bytes(vector.bytes)[...])
            #expect(try reader.uint20() == vector.value)
        }
        // The four bits above do not count.
        var reader = ByteReader([0xF0, 0, 1])
        #expect(try reader.uint20() == 1)
    }

    @Test func packsTexts() throws {
        let vectors = try BinaryXMLVectors.load().packed
        #expect(vectors.count == 9)
        for vector in vectors {
            let (alphabet, packed) = Array(vector.text.utf8).withUnsafeBufferPointer { text in
                let alphabet = PackedText.alphabet(for: text)
                var packed: [UInt8] = []
                if let alphabet { PackedText.encode(text, alphabet, into: &packed) }
                return (alphabet, packed)
            }
            #expect(alphabet == (vector.kind == "nibble" ? .nibble : .hex))
            let wire = try bytes(vector.encoded)
            #expect(packed == Array(wire[1...]))
            #expect(try BinaryXML.decode([0, 0xF8, 0x03, 0x19, 0x08] + wire).string("id") == vector.text)
        }
    }

    /// Every prefix of every valid payload is cut off somewhere.
    @Test(arguments: try BinaryXMLVectors.load().cases)
    func refusesEveryTruncation(_ vector: BinaryXMLVectors.Case) throws {
        let payload = try vector.payload()
        for length in payload.indices {
            #expect(throws: BinaryXMLError.self, "\(length) bytes") { try BinaryXML.decode(Array(payload.prefix(length))) }
        }
    }

    @Test(arguments: try BinaryXMLVectors.load().cases)
    func refusesLeftoverBytes(_ vector: BinaryXMLVectors.Case) throws {
        let payload = try vector.payload()
        #expect(throws: BinaryXMLError.leftover(bytes: 2)) { try BinaryXML.decode(payload + [0, 0]) }
    }
}
