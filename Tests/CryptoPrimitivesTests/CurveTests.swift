import Testing

@testable import CryptoPrimitives

struct CurveTests {
    struct File: Decodable {
        struct Agreement: Decodable {
            let priv_a: HexBytes
            let pub_a: HexBytes?
            let priv_b: HexBytes?
            let pub_b: HexBytes
            let shared: HexBytes
        }
        struct Signature: Decodable {
            let name: String
            let priv: HexBytes?
            let pub: HexBytes
            let msg: HexBytes
            let Z: HexBytes?
            let signature: HexBytes
        }
        let agreement: [Agreement]
        let signatures: [Signature]
        let invalid: [Signature]
    }

    let file: File

    init() throws { file = try Vectors.load("curve25519-xeddsa.json", as: File.self) }

    @Test func agreementsMatch() throws {
        #expect(file.agreement.count == 2)
        for vector in file.agreement {
            #expect(try X25519.sharedSecret(privateKey: vector.priv_a.bytes, publicKey: vector.pub_b.bytes) == vector.shared.bytes)
            if let publicA = vector.pub_a?.bytes, let privateB = vector.priv_b?.bytes {
                #expect(try X25519.publicKey(of: vector.priv_a.bytes) == publicA)
                #expect(try X25519.publicKey(of: privateB) == vector.pub_b.bytes)
                #expect(try X25519.sharedSecret(privateKey: privateB, publicKey: publicA) == vector.shared.bytes)
            }
        }
    }

    @Test func signaturesMatchByteForByte() throws {
        var signed = 0
        for vector in file.signatures {
            #expect(XEdDSA.verify(vector.signature.bytes, message: vector.msg.bytes, publicKey: vector.pub.bytes), "\(vector.name)")
            guard let key = vector.priv?.bytes, let randomness = vector.Z?.bytes else { continue }
            #expect(try X25519.publicKey(of: key) == vector.pub.bytes)
            #expect(try XEdDSA.sign(vector.msg.bytes, privateKey: key, randomness: randomness) == vector.signature.bytes, "\(vector.name)")
            signed += 1
        }
        #expect(signed == 6)
    }

    @Test func invalidSignaturesAreRefused() {
        #expect(file.invalid.count == 6)
        for vector in file.invalid {
            #expect(!XEdDSA.verify(vector.signature.bytes, message: vector.msg.bytes, publicKey: vector.pub.bytes), "\(vector.name)")
        }
    }

    @Test func manyKeysSignAndVerify() throws {
        var rng = SeededGenerator(state: 1)
        for length in 0..<100 {
            let key = X25519.generatePrivateKey(using: &rng)
            let message = Random.bytes(length, using: &rng)
            var signature = try XEdDSA.sign(message, privateKey: key, randomness: Random.bytes(64, using: &rng))
            let publicKey = try X25519.publicKey(of: key)
            #expect(XEdDSA.verify(signature, message: message, publicKey: publicKey))
            signature[length % 64] ^= 1 << UInt8(length % 8)
            #expect(!XEdDSA.verify(signature, message: message, publicKey: publicKey))
        }
    }

    @Test func generatedKeysAreClamped() {
        var rng = SeededGenerator(state: 2)
        for _ in 0..<50 {
            let key = X25519.generatePrivateKey(using: &rng)
            #expect(key[0] & 7 == 0 && key[31] & 0xC0 == 0x40)
        }
    }

    /// Points of small order, and the encodings around the modulus (RFC 7748 and cr.yp.to/ecdh.html).
    @Test(arguments: [
        String(repeating: "00", count: 32), "01" + String(repeating: "00", count: 31),
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ec" + String(repeating: "ff", count: 30) + "7f", "ed" + String(repeating: "ff", count: 30) + "7f",
        "ee" + String(repeating: "ff", count: 30) + "7f",
    ])
    func smallOrderPointsAreRefused(text: String) throws {
        let point = try #require(Hex.decode(text))
        let key = [UInt8](repeating: 0x41, count: 32)
        #expect(throws: CryptoError.weakPublicKey) { try X25519.sharedSecret(privateKey: key, publicKey: point) }
        #expect(!XEdDSA.verify([UInt8](repeating: 0, count: 64), message: [], publicKey: point))
        // The neutral element as commitment and a zero response would satisfy the equation for a key of order one.
        #expect(!XEdDSA.verify([1] + [UInt8](repeating: 0, count: 63), message: [], publicKey: point))
    }

    @Test func wrongLengthsAreRefused() {
        let key = [UInt8](repeating: 0x41, count: 32)
        for length in [0, 1, 31, 33, 64] {
            let bad = [UInt8](repeating: 0x41, count: length)
            #expect(throws: CryptoError.invalidKeyLength(length)) { try X25519.publicKey(of: bad) }
            #expect(throws: CryptoError.invalidKeyLength(length)) { try X25519.sharedSecret(privateKey: bad, publicKey: key) }
            #expect(throws: CryptoError.invalidKeyLength(length)) { try X25519.sharedSecret(privateKey: key, publicKey: bad) }
            #expect(throws: CryptoError.invalidKeyLength(length)) { try XEdDSA.sign([], privateKey: bad, randomness: key + key) }
            #expect(!XEdDSA.verify(key + key, message: [], publicKey: bad))
            #expect(!XEdDSA.verify(length == 64 ? key : bad, message: [], publicKey: key))
        }
        #expect(throws: CryptoError.invalidRandomnessLength(32)) { try XEdDSA.sign([], privateKey: key, randomness: key) }
    }
}
