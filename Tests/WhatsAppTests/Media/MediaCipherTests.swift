import CryptoPrimitives
import Testing

@testable import WhatsApp

struct MediaCipherTests {
    let vectors: MediaVectors
    init() throws { vectors = try MediaVectors.load() }

    private static func category(_ info: String) -> MediaCategory? { MediaCategory.allCases.first { $0.keyInfo == info } }

    private func encrypt(
        _ plaintext: [UInt8], _ category: MediaCategory, key: [UInt8], parts: Int = 1_000
    ) throws -> (file: [UInt8], facts: MediaEncryptor.Facts) {
        var encryptor = try MediaEncryptor(try MediaKeys(key, for: category), category: category)
        var file: [UInt8] = []
        for start in stride(from: 0, to: plaintext.count, by: parts) {
            file += try encryptor.update(Array(plaintext[start..<min(start + parts, plaintext.count)]))
        }
        let (last, facts) = try encryptor.finish()
        return (file + last, facts)
    }

    private func decrypt(_ file: [UInt8], _ descriptor: MediaDescriptor, limit: Int = 1 << 20, parts: Int = 777) throws -> [UInt8] {
        var decryptor = try MediaDecryptor(descriptor, limit: limit)
        var plaintext: [UInt8] = []
        for start in stride(from: 0, to: file.count, by: parts) {
            plaintext += try decryptor.update(Array(file[start..<min(start + parts, file.count)]))
        }
        return plaintext + (try decryptor.finish())
    }

    private func descriptor(
        _ category: MediaCategory, key: [UInt8], _ facts: MediaEncryptor.Facts, encrypted: [UInt8]?? = .none, length: UInt64?? = .none
    ) throws -> MediaDescriptor {
        try MediaDescriptor(
            category: category, mediaKey: key, fileSHA256: facts.fileSHA256, fileEncSHA256: encrypted ?? facts.fileEncSHA256,
            fileLength: length ?? UInt64(facts.fileLength), directPath: "/v/t62?x=1")
    }

    @Test func keysAreThoseOfOtherImplementations() throws {
        let key = try bytes(vectors.media_key)
        var known = 0
        for expansion in vectors.expansions {
            guard let category = Self.category(expansion.info) else { continue }
            known += 1
            let keys = try MediaKeys(key, for: category)
            #expect(try keys.iv == bytes(expansion.iv))
            #expect(try keys.cipherKey == bytes(expansion.cipherKey))
            #expect(try keys.macKey == bytes(expansion.macKey))
            #expect("\(keys)" == "<80 bytes>")
        }
        #expect(known == MediaCategory.allCases.count)
    }

    @Test(arguments: [1, 7, 16, 10_000]) func filesAreThoseOfOtherImplementations(parts: Int) throws {
        for vector in vectors.files {
            let category = try #require(Self.category(vector.info))
            let (plaintext, key) = (try bytes(vector.plaintext), try bytes(vector.mediaKey))
            let (file, facts) = try encrypt(plaintext, category, key: key, parts: parts)
            #expect(try file == bytes(vector.file))
            #expect(try facts.fileSHA256 == bytes(vector.fileSha256))
            #expect(try facts.fileEncSHA256 == bytes(vector.fileEncSha256))
            #expect(facts.fileLength == vector.fileLength)
            #expect(facts.encryptedLength == file.count)
            #expect(MediaEncryptor.encryptedLength(of: plaintext.count) == file.count)
            #expect(try decrypt(file, descriptor(category, key: key, facts), parts: parts) == plaintext)
        }
    }

    @Test func sidecarsAreThoseOfOtherImplementations() throws {
        let pattern = try bytes(vectors.pattern)
        let key = try bytes(vectors.media_key)
        for vector in vectors.sidecars {
            let plaintext = (0..<vector.N).map { pattern[$0 % pattern.count] }
            let (file, facts) = try encrypt(plaintext, .video, key: key, parts: 8_192)
            #expect(file.count == vector.file_length)
            #expect(try facts.fileEncSHA256 == bytes(vector.fileEncSha256))
            #expect(try facts.sidecar == bytes(vector.sidecar), "\(vector.N) bytes")
        }
    }

    @Test func onlyVideoAndAudioHaveASidecar() throws {
        let key = [UInt8](repeating: 1, count: 32)
        #expect(try encrypt([1, 2, 3], .image, key: key).facts.sidecar.isEmpty)
        #expect(try encrypt([1, 2, 3], .audio, key: key).facts.sidecar.count == 10)
    }

    @Test func damageIsFoundInItsOrder() throws {
        let key = [UInt8](repeating: 1, count: 32)
        let plaintext = [UInt8](repeating: 9, count: 5_000)
        let (file, facts) = try encrypt(plaintext, .document, key: key)
        let honest = try descriptor(.document, key: key, facts)
        for position in [0, 2_500, file.count - 1] {
            var damaged = file
            damaged[position] ^= 1
            #expect(throws: MediaCipherError.wrongEncryptedHash) { try decrypt(damaged, honest) }
            // Where the sender tells no hash of it, or a matching one, the code finds it.
            #expect(throws: MediaCipherError.wrongCode) {
                try decrypt(damaged, descriptor(.document, key: key, facts, encrypted: .some(nil)))
            }
        }
        #expect(throws: MediaCipherError.wrongCode) {
            try decrypt(file, descriptor(.document, key: [UInt8](repeating: 2, count: 32), facts))
        }
        #expect(throws: MediaCipherError.wrongLength(5_000)) { try decrypt(file, descriptor(.document, key: key, facts, length: 4_999)) }
        let other = try MediaDescriptor(
            category: .document, mediaKey: key, fileSHA256: [UInt8](repeating: 0, count: 32), fileEncSHA256: facts.fileEncSHA256,
            fileLength: nil, directPath: "/x")
        #expect(throws: MediaCipherError.wrongHash) { try decrypt(file, other) }
    }

    @Test func shortAndLongFilesAreRefused() throws {
        let key = [UInt8](repeating: 1, count: 32)
        let (file, facts) = try encrypt([UInt8](repeating: 9, count: 1_000), .image, key: key)
        let honest = try descriptor(.image, key: key, facts)
        for length in [0, 9, 10, 25, 27, file.count - 1] {
            #expect(throws: MediaCipherError.tooShort(length)) { try decrypt(Array(file.prefix(length)), honest) }
        }
        #expect(throws: MediaCipherError.tooLong(limit: 500)) { try decrypt(file, honest, limit: 500) }
        #expect(try decrypt(file, honest, limit: 1_000).count == 1_000)
    }

    @Test func descriptorsOfStrangersAreChecked() throws {
        let hash = [UInt8](repeating: 3, count: 32)
        func make(key: Int = 32, plain: Int = 32, encrypted: Int? = 32, path: String? = "/a", url: String? = nil) throws -> MediaDescriptor {
            try MediaDescriptor(
                category: .image, mediaKey: [UInt8](repeating: 1, count: key), fileSHA256: [UInt8](repeating: 1, count: plain),
                fileEncSHA256: encrypted.map { [UInt8](repeating: 1, count: $0) }, fileLength: nil, directPath: path, url: url)
        }
        #expect(throws: MediaCipherError.invalidKey(31)) { try make(key: 31) }
        #expect(throws: MediaCipherError.invalidKey(0)) { try make(plain: 0) }
        #expect(throws: MediaCipherError.invalidKey(33)) { try make(encrypted: 33) }
        for path in ["", "a", "//evil.example/x", "/a b", "/a\r\nHost: x", "/\u{e9}", "/" + String(repeating: "a", count: 2_048)] {
            #expect(throws: MediaCipherError.invalidPath) { try make(path: path) }
        }
        let bad = [
            "http://mmg.whatsapp.net/x", "https://mmg.whatsapp.net.evil.example/x", "https://evil.example/.whatsapp.net",
            "https://evilwhatsapp.net/x", "https://user@mmg.whatsapp.net/", "https://127.0.0.1/", "https://mmg.whatsapp.net:8443/",
            "https://evil.example?.whatsapp.net", "https://evil.example\\.whatsapp.net",
        ]
        for url in bad { #expect(throws: MediaCipherError.invalidPath) { try make(path: nil, url: url) } }
        #expect(try make(path: nil, url: "https://mmg.whatsapp.net/d/f/x.enc").url != nil)
        #expect(try make(path: nil, url: "https://media.fna.fbcdn.net/d/f/x.enc").url != nil)
        #expect(try make(path: "/v?x", url: "https://evil.example/").url == nil)
        #expect(try "\(make())" == "<32 bytes>")
        _ = hash
    }
}
