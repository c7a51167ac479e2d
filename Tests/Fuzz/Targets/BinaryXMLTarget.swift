import WhatsApp

extension FuzzTarget {
    static let binaryXML = FuzzTarget(
        name: "binary-xml",
        seeds: { try VectorBytes.all(["encoded"], in: "wabinary.json") },
        prepare: {
            { input, _ in
                guard let node = try? BinaryXML.decode(input) else { return }
                // What was read is written in one form, which is read back to the same bytes.
                let written = BinaryXML.encode(node)
                guard let again = try? BinaryXML.decode(written) else { throw FuzzFinding(rule: "own encoding is refused") }
                guard BinaryXML.encode(again) == written else { throw FuzzFinding(rule: "encoding is not stable") }
            }
        })
}
