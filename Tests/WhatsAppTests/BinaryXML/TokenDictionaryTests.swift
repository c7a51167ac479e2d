import Testing
@testable import WhatsApp

@Suite struct TokenDictionaryTests {
    @Test func everyTokenIsWrittenAsItselfAndReadBack() throws {
        var seen = 0
        for (index, token) in TokenTable.single.enumerated() where !token.isEmpty {
            try expect(token, as: [UInt8(index)])
            seen += 1
        }
        for (dictionary, tokens) in [TokenTable.double0, TokenTable.double1, TokenTable.double2, TokenTable.double3].enumerated() {
            for (index, token) in tokens.enumerated() {
                try expect(token, as: [UInt8(236 + dictionary), UInt8(index)])
                seen += 1
            }
        }
        #expect(seen == 1_259)
    }

    private func expect(_ token: String, as wire: [UInt8]) throws {
        var writer = BinaryXMLWriter()
        writer.text(token)
        #expect(writer.bytes == wire)
        #expect(try BinaryXML.decode([0, 0xF8, 0x03, 0x19, 0x08] + wire) == Node("iq", ["id": .text(token)]))
    }

    @Test func textsThatOnlyResembleTokensAreNotTokens() throws {
        // A kelvin sign is canonically equal to K; the bytes on the wire must stay what they are.
        for text in ["iq ", "IQ", "xmlstreamstar", "xmlstreamstartx", "\u{212A}", String(repeating: "x", count: 49)] {
            let node = Node("iq", ["id": .text(text)])
            let wire = BinaryXML.encode(node)
            #expect(wire.suffix(text.utf8.count) == Array(text.utf8)[...])
            #expect(try BinaryXML.decode(wire) == node)
        }
    }
}
