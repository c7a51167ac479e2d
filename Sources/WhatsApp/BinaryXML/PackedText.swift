/// Strings of digits and a few other characters, two to a byte: `0-9 - .` as nibbles, `0-9 A-F` as hex (lower case is never packed,
/// it would come back as upper case). Source: protocol notes on binary XML, section 4.
enum PackedText {
    enum Alphabet: Equatable { case nibble, hex }

    /// Characters of a packed string, from the 7 bits of its length and the reference clients' rule.
    static let longest = 127
    static let oddFlag: UInt8 = 0x80
    private static let padding: UInt8 = 0x0F

    /// The alphabet that can hold the text; digits alone are nibbles.
    static func alphabet(for bytes: UnsafeBufferPointer<UInt8>) -> Alphabet? {
        guard !bytes.isEmpty, bytes.count <= longest else { return nil }
        if bytes.allSatisfy({ pack($0, .nibble) != nil }) { return .nibble }
        return bytes.allSatisfy { pack($0, .hex) != nil } ? .hex : nil
    }

    /// Length byte and packed characters; all of them must belong to the alphabet.
    static func encode(_ text: UnsafeBufferPointer<UInt8>, _ alphabet: Alphabet, into out: inout [UInt8]) {
        let (pairs, odd) = ((text.count + 1) / 2, text.count % 2 == 1)
        out.append(UInt8(truncatingIfNeeded: pairs) | (odd ? oddFlag : 0))
        for index in stride(from: 0, to: text.count, by: 2) {
            let high = pack(text[index], alphabet) ?? padding
            let low = index + 1 < text.count ? pack(text[index + 1], alphabet) ?? padding : padding
            out.append(high << 4 | low)
        }
    }

    /// The characters of packed bytes, or nil where a nibble has no meaning.
    static func decode(_ packed: ArraySlice<UInt8>, odd: Bool, _ alphabet: Alphabet) -> String? {
        var characters: [UInt8] = []
        characters.reserveCapacity(packed.count * 2)
        for (offset, byte) in packed.enumerated() {
            guard let high = unpack(byte >> 4, alphabet) else { return nil }
            characters.append(high)
            if odd && offset == packed.count - 1 { break }
            guard let low = unpack(byte & 0x0F, alphabet) else { return nil }
            characters.append(low)
        }
        return String(decoding: characters, as: UTF8.self)
    }

    private static func pack(_ character: UInt8, _ alphabet: Alphabet) -> UInt8? {
        switch (character, alphabet) {
        case (UInt8(ascii: "0")...UInt8(ascii: "9"), _): character - UInt8(ascii: "0")
        case (UInt8(ascii: "-"), .nibble): 10
        case (UInt8(ascii: "."), .nibble): 11
        case (UInt8(ascii: "A")...UInt8(ascii: "F"), .hex): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func unpack(_ nibble: UInt8, _ alphabet: Alphabet) -> UInt8? {
        switch (nibble, alphabet) {
        case (0...9, _): nibble + UInt8(ascii: "0")
        case (10, .nibble): UInt8(ascii: "-")
        case (11, .nibble): UInt8(ascii: ".")
        case (10...15, .hex): nibble - 10 + UInt8(ascii: "A")
        default: nil
        }
    }
}
