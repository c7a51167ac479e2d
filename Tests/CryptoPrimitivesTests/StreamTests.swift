import Testing

@testable import CryptoPrimitives

struct StreamTests {
    let key = [UInt8](repeating: 7, count: 32)
    let iv = [UInt8](repeating: 3, count: 16)
    let text = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 * 7) }

    @Test(arguments: [1, 15, 16, 17, 64, 333, 1_000]) func partsGiveWhatTheWholeGives(size: Int) throws {
        var digest = SHA256Stream()
        var code = HMACSHA256Stream(key: key)
        let encryption = try AESCBCStream.encrypting(key: key, iv: iv)
        let decryption = try AESCBCStream.decrypting(key: key, iv: iv)
        var (ciphertext, plaintext): ([UInt8], [UInt8]) = ([], [])
        for start in stride(from: 0, to: text.count, by: size) {
            let part = Array(text[start..<min(start + size, text.count)])
            digest.update(part)
            code.update(part[...])
            ciphertext += try encryption.update(part)
        }
        ciphertext += try encryption.finish()
        for start in stride(from: 0, to: ciphertext.count, by: size) {
            plaintext += try decryption.update(Array(ciphertext[start..<min(start + size, ciphertext.count)]))
        }
        plaintext += try decryption.finish()
        #expect(digest.digest() == SHA256.hash(text))
        #expect(code.code() == HMAC.sha256(text, key: key))
        #expect(try ciphertext == AESCBC.encrypt(text, key: key, iv: iv))
        #expect(plaintext == text)
    }

    @Test func longKeysAreHashedFirst() {
        let key = [UInt8](repeating: 9, count: 200)
        var code = HMACSHA256Stream(key: key)
        code.update(text)
        #expect(code.code() == HMAC.sha256(text, key: key))
    }

    @Test func nothingIsSomethingToo() throws {
        #expect(SHA256Stream().digest() == SHA256.hash([]))
        #expect(try AESCBCStream.encrypting(key: key, iv: iv).finish() == AESCBC.encrypt([], key: key, iv: iv))
    }

    @Test func wrongEndsAreRefused() throws {
        let whole = try AESCBC.encrypt(text, key: key, iv: iv)
        for damaged in [Array(whole.dropLast()), [], Array(whole.dropLast(16))] {
            #expect(throws: CryptoError.malformedCiphertext) {
                let stream = try AESCBCStream.decrypting(key: key, iv: iv)
                _ = try stream.update(damaged)
                _ = try stream.finish()
            }
        }
        #expect(throws: CryptoError.invalidKeyLength(31)) { _ = try AESCBCStream.encrypting(key: Array(key.dropLast()), iv: iv).finish() }
        #expect(throws: CryptoError.invalidNonceLength(0)) { _ = try AESCBCStream.decrypting(key: key, iv: []).finish() }
    }
}
