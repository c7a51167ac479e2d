import Testing

@testable import CryptoPrimitives

struct EncodingTests {
    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func base64MatchesTheStandard(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
        let unpadded = encoded.filter { $0 != "=" }
        #expect(Base64.encode(Array(plain.utf8), alphabet: .urlSafeUnpadded) == unpadded)
        #expect(Base64.decode(unpadded, alphabet: .urlSafeUnpadded) == Array(plain.utf8))
    }

    @Test func theAlphabetsDiffer() {
        #expect(Base64.encode([0xFB, 0xEF, 0xFF]) == "++//")
        #expect(Base64.encode([0xFB, 0xEF, 0xFF], alphabet: .urlSafeUnpadded) == "--__")
        #expect(Base64.decode("++//", alphabet: .urlSafeUnpadded) == nil)
        #expect(Base64.decode("--__") == nil)
    }

    @Test(arguments: ["Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9v\n", "Zm 9v", "Zm9v====", "=", "é", "Zg==Zg==", "\0\0\0\0"])
    func malformedBase64IsRefused(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func everyLengthComesBack() {
        var rng = SeededGenerator(state: 3)
        for length in 0..<70 {
            let bytes = Random.bytes(length, using: &rng)
            #expect(bytes.count == length)
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
            #expect(Base64.decode(Base64.encode(bytes, alphabet: .urlSafeUnpadded), alphabet: .urlSafeUnpadded) == bytes)
        }
    }

    @Test func hexReadsBothCasesAndRefusesTheRest() {
        #expect(Hex.encode([0, 0xAB, 0xFF]) == "00abff")
        #expect(Hex.decode("00ABff") == [0, 0xAB, 0xFF])
        for text in ["0", "0g", "00 11", "zz", "é", "0x00", "000"] { #expect(Hex.decode(text) == nil) }
    }

    @Test func comparisonLooksAtEveryByte() {
        let bytes: [UInt8] = [1, 2, 3]
        #expect(ConstantTime.equal(bytes, [1, 2, 3]))
        #expect(ConstantTime.equal([], []))
        for other: [UInt8] in [[], [1, 2], [1, 2, 4], [0, 2, 3], [1, 2, 3, 4]] { #expect(!ConstantTime.equal(bytes, other)) }
    }

    @Test func keyMaterialPrintsAsItsSize() {
        struct Key: Concealed {
            let secret: [UInt8]
            var concealedByteCount: Int { secret.count }
        }
        let key = Key(secret: [UInt8](repeating: 0x42, count: 32))
        var dumped = ""
        dump(key, to: &dumped)
        #expect("\(key)" == "<32 bytes>")
        #expect(String(reflecting: key) == "<32 bytes>")
        #expect(!dumped.contains("66"))
    }
}
