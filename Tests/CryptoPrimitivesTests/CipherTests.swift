import Testing

@testable import CryptoPrimitives

struct CipherTests {
    let key = [UInt8](repeating: 7, count: 32)
    let nonce = [UInt8](repeating: 9, count: 12)
    let iv = [UInt8](repeating: 3, count: 16)

    /// The GCM specification (McGrew and Viega), case 16.
    @Test func gcmMatchesTheStandard() throws {
        let key = try #require(Hex.decode("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"))
        let plaintext = try #require(
            Hex.decode(
                "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
                    + "b16aedf5aa0de657ba637b39"))
        let sealed = try AESGCM.seal(
            plaintext, key: key, nonce: #require(Hex.decode("cafebabefacedbaddecaf888")),
            authenticating: #require(Hex.decode("feedfacedeadbeeffeedfacedeadbeefabaddad2")))
        #expect(
            Hex.encode(sealed)
                == "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
                + "c5f61e6393ba7a0abcc9f662" + "76fc6ece0f4e1768cddf8853bb2d551b")
    }

    @Test func gcmOpensWhatItSealedAndNothingElse() throws {
        for length in [0, 1, 15, 16, 17, 1000] {
            let plaintext = [UInt8](repeating: 5, count: length)
            let sealed = try AESGCM.seal(plaintext, key: key, nonce: nonce, authenticating: [1, 2])
            #expect(sealed.count == length + 16)
            #expect(try AESGCM.open(sealed, key: key, nonce: nonce, authenticating: [1, 2]) == plaintext)
            for position in [0, sealed.count / 2, sealed.count - 1] {
                var forged = sealed
                forged[position] ^= 1
                #expect(throws: CryptoError.authenticationFailed) {
                    try AESGCM.open(forged, key: key, nonce: nonce, authenticating: [1, 2])
                }
            }
            #expect(throws: CryptoError.authenticationFailed) { try AESGCM.open(sealed, key: key, nonce: nonce) }
            #expect(throws: CryptoError.authenticationFailed) {
                try AESGCM.open(Array(sealed.dropLast()), key: key, nonce: nonce, authenticating: [1, 2])
            }
        }
        #expect(throws: CryptoError.authenticationFailed) { try AESGCM.open([1, 2, 3], key: key, nonce: nonce) }
    }

    /// NIST SP 800-38A, F.2.5 and F.5.5 (first block).
    @Test func cbcAndCounterModeMatchTheStandard() throws {
        let key = try #require(Hex.decode("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"))
        let plaintext = try #require(Hex.decode("6bc1bee22e409f96e93d7e117393172a"))
        let vector = try #require(Hex.decode("000102030405060708090a0b0c0d0e0f"))
        let chained = try AESCBC.encrypt(plaintext, key: key, iv: vector)
        #expect(chained.count == 32)
        #expect(Hex.encode(Array(chained.prefix(16))) == "f58c4c04d6e5f1ba779eabfb5f7bfbd6")
        #expect(try AESCBC.decrypt(chained, key: key, iv: vector) == plaintext)
        let counter = try #require(Hex.decode("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"))
        #expect(try Hex.encode(AESCTR.apply(plaintext, key: key, iv: counter)) == "601ec313775789a5b7a7f504bbf3d228")
    }

    @Test func cbcRefusesWhatIsNotWholeOrWronglyPadded() throws {
        for length in 0...33 {
            let plaintext = [UInt8](repeating: 1, count: length)
            let ciphertext = try AESCBC.encrypt(plaintext, key: key, iv: iv)
            #expect(try AESCBC.decrypt(ciphertext, key: key, iv: iv) == plaintext)
            #expect(throws: CryptoError.malformedCiphertext) { try AESCBC.decrypt(ciphertext + [0], key: key, iv: iv) }
        }
        #expect(throws: CryptoError.malformedCiphertext) { try AESCBC.decrypt([], key: key, iv: iv) }
        // Changing the vector changes the padding length from 15 to 16, which the first byte contradicts.
        var wrong = iv
        wrong[15] ^= 0x1F
        let block = try AESCBC.encrypt([8], key: key, iv: iv)
        #expect(throws: CryptoError.malformedCiphertext) { try AESCBC.decrypt(block, key: key, iv: wrong) }
    }

    @Test func wrongLengthsAreRefused() {
        let short = [UInt8](repeating: 0, count: 15)
        #expect(throws: CryptoError.invalidKeyLength(15)) { try AESGCM.seal([], key: short, nonce: nonce) }
        #expect(throws: CryptoError.invalidNonceLength(15)) { try AESGCM.open([], key: key, nonce: short) }
        #expect(throws: CryptoError.invalidKeyLength(15)) { try AESCBC.encrypt([], key: short, iv: iv) }
        #expect(throws: CryptoError.invalidNonceLength(15)) { try AESCBC.decrypt([], key: key, iv: short) }
        #expect(throws: CryptoError.invalidKeyLength(15)) { try AESCTR.apply([], key: short, iv: iv) }
        #expect(throws: CryptoError.invalidNonceLength(15)) { try AESCTR.apply([], key: key, iv: short) }
    }
}
