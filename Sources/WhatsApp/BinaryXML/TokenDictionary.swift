/// Finds the token for a text and the text for a token.
///
/// Texts are found through an open-addressed table over a hash of their bytes, since most strings of a stanza are looked up here.
struct TokenDictionary: Sendable {
    /// Tag and index as they go over the wire.
    enum Token: Equatable, Sendable {
        case single(UInt8)
        case double(dictionary: UInt8, index: UInt8)
    }

    static let shared = TokenDictionary()

    private static let doubles = [TokenTable.double0, TokenTable.double1, TokenTable.double2, TokenTable.double3]
    /// A power of two, about three times the number of tokens.
    private static let slotCount = 4_096
    private static let longest = 48

    /// 0 is free; else the high byte is the dictionary (0 single, 1 to 4 double) and the low byte the index.
    private var slots = [UInt16](repeating: 0, count: slotCount)

    private init() {
        for (dictionary, tokens) in ([TokenTable.single] + Self.doubles).enumerated() {
            for (index, token) in tokens.enumerated() where !token.isEmpty {
                insert(token, code: UInt16(truncatingIfNeeded: dictionary << 8 | index))
            }
        }
    }

    private mutating func insert(_ token: String, code: UInt16) {
        var slot = Self.hash(token.utf8)
        while slots[slot] != 0 { slot = (slot + 1) % Self.slotCount }
        slots[slot] = code
    }

    /// - Parameter bytes: the UTF-8 of `text`, which the caller has at hand.
    func token(for text: String, bytes: UnsafeBufferPointer<UInt8>) -> Token? {
        guard bytes.count <= Self.longest else { return nil }
        var slot = Self.hash(bytes)
        while slots[slot] != 0 {
            let code = slots[slot]
            let candidate = Self.text(of: code)
            // Texts of one length are equal to an ASCII token only if their bytes are; of different length, canonical equivalence could mislead.
            if candidate.utf8.count == bytes.count, candidate == text { return Self.token(of: code) }
            slot = (slot + 1) % Self.slotCount
        }
        return nil
    }

    static func single(_ tag: UInt8) -> String? {
        TokenTable.single.indices.contains(Int(tag)) && tag != 0 ? TokenTable.single[Int(tag)] : nil
    }

    /// - Parameter dictionary: 0 to 3, for the tags from 236.
    static func double(_ dictionary: Int, _ index: UInt8) -> String? {
        guard doubles.indices.contains(dictionary) else { return nil }
        let tokens = doubles[dictionary]
        return tokens.indices.contains(Int(index)) ? tokens[Int(index)] : nil
    }

    private static func text(of code: UInt16) -> String {
        let (dictionary, index) = (Int(code >> 8), Int(code & 0xFF))
        return dictionary == 0 ? TokenTable.single[index] : doubles[dictionary - 1][index]
    }

    private static func token(of code: UInt16) -> Token {
        let (dictionary, index) = (UInt8(code >> 8), UInt8(code & 0xFF))
        return dictionary == 0 ? .single(index) : .double(dictionary: dictionary - 1, index: index)
    }

    /// FNV-1a, folded to a slot.
    private static func hash(_ bytes: some Sequence<UInt8>) -> Int {
        var hash: UInt32 = 2_166_136_261
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(hash ^ hash >> 15) % slotCount
    }
}
