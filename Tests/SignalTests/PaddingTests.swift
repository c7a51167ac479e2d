import CryptoPrimitives
import Testing

@testable import Signal

/// `messages.json`, the parts that belong to the Signal layer.
struct PaddingTests {
    struct File: Decodable {
        struct Padding: Decodable {
            struct Valid: Decodable {
                let n: UInt8
                let plaintext, padded: HexBytes
            }
            struct Invalid: Decodable {
                let padded: HexBytes
                let why: String
            }
            let valid: [Valid]
            let invalid: [Invalid]
        }
        struct Digest: Decodable {
            let identity_pub, signed_prekey_pub, signed_prekey_signature, sha1: HexBytes
            let prekey_pubs: [HexBytes]
        }
        let padding: Padding
        let prekey_digest: Digest
    }

    let file: File

    init() throws { file = try Vectors.load("messages.json", as: File.self) }

    @Test func validPaddingMatches() throws {
        #expect(file.padding.valid.count == 4)
        for vector in file.padding.valid {
            #expect(MessagePadding.pad(vector.plaintext.bytes, count: vector.n) == vector.padded.bytes)
            #expect(try MessagePadding.unpad(vector.padded.bytes) == vector.plaintext.bytes)
        }
    }

    @Test func invalidPaddingIsRefused() {
        #expect(file.padding.invalid.count == 4)
        for vector in file.padding.invalid {
            #expect(throws: SignalError.invalidPadding, "\(vector.why)") { try MessagePadding.unpad(vector.padded.bytes) }
        }
    }

    @Test func everyLengthFromOneToSixteenComesUp() throws {
        var rng = SeededGenerator(state: 1)
        var seen: Set<Int> = []
        for _ in 0..<1000 {
            let padded = MessagePadding.pad([1, 2, 3], using: &rng)
            #expect(try MessagePadding.unpad(padded) == [1, 2, 3])
            seen.insert(padded.count - 3)
        }
        #expect(seen == Set(1...SignalLimits.padding))
    }

    @Test func digestOfThePreKeysMatches() {
        let digest = file.prekey_digest
        let input = digest.identity_pub.bytes + digest.signed_prekey_pub.bytes + digest.signed_prekey_signature.bytes
        #expect(SHA1.hash(digest.prekey_pubs.reduce(input) { $0 + $1.bytes }) == digest.sha1.bytes)
    }
}
