import CryptoPrimitives
import Signal
import Testing
@testable import WhatsApp

@Suite struct NoiseHostileTests {
    private let keys: NoiseVectors.Generated
    init() throws { keys = try NoiseVectors.load().generated }

    private func client() throws -> NoiseClientHandshake {
        var handshake = NoiseClientHandshake(
            staticKey: try keys.clientStatic, ephemeral: try keys.clientEphemeral, rootKey: try bytes(keys.test_root_pub))
        _ = try handshake.start()
        return handshake
    }

    private func server() throws -> NoiseServerHandshake {
        NoiseServerHandshake(
            staticKey: try keys.serverStatic, ephemeral: try keys.serverEphemeral, certificates: try bytes(keys.cert_chain))
    }

    private func answer(_ hello: [UInt8], now: Int64 = NoiseVectors.now) throws {
        var handshake = try client()
        _ = try handshake.received(serverHello: hello, clientPayload: [1], now: now)
    }

    @Test func everyTruncatedServerHelloIsRefused() throws {
        let hello = try bytes(keys.server_hello)
        for length in hello.indices {
            #expect(throws: NoiseError.self, "\(length) bytes") { try answer(Array(hello.prefix(length))) }
        }
    }

    @Test func everyChangedBitOfTheServerHelloIsNoticed() throws {
        let hello = try bytes(keys.server_hello)
        // The highest bit of a Curve25519 key is ignored in the agreement; the hash still sees it.
        for index in hello.indices {
            for bit in [0x01, 0x80] as [UInt8] {
                var changed = hello
                changed[index] ^= bit
                #expect(throws: NoiseError.self, "byte \(index)") { try answer(changed) }
            }
        }
    }

    @Test func keysOfWrongLengthAndSmallOrder() throws {
        #expect(throws: NoiseError.malformed(.serverHello)) { try answer([]) }
        // A server hello without fields.
        #expect(throws: NoiseError.wrongKeyLength(.serverHello, bytes: 0)) { try answer([0x1A, 0]) }
        let zeros = [0x1A, 34, 0x0A, 32] + [UInt8](repeating: 0, count: 32)
        #expect(throws: NoiseError.weakKey(.serverHello)) { try answer(zeros) }
        var server = try server()
        #expect(throws: NoiseError.malformed(.clientHello)) { try server.received(clientHello: [0x1A, 0]) }
        var other = try self.server()
        #expect(throws: NoiseError.weakKey(.clientHello)) {
            try other.received(clientHello: [0x12, 34, 0x0A, 32] + [UInt8](repeating: 0, count: 32))
        }
    }

    @Test func certificateErrorsComeThrough() throws {
        let hello = try bytes(keys.server_hello)
        #expect(throws: NoiseError.certificate(.notYetValid(.intermediate, notBefore: 1_700_000_000, now: 0))) {
            try answer(hello, now: 0)
        }
        var stranger = NoiseClientHandshake(
            staticKey: try keys.clientStatic, ephemeral: try keys.clientEphemeral, rootKey: CertificateChain.whatsAppRootKey)
        _ = try stranger.start()
        #expect(throws: NoiseError.certificate(.intermediateSignature)) {
            try stranger.received(serverHello: hello, clientPayload: [], now: NoiseVectors.now)
        }
    }

    @Test func everyChangedByteOfTheClientFinishIsNoticed() throws {
        let finish = try bytes(keys.client_finish)
        var greeted = try server()
        _ = try greeted.received(clientHello: bytes(keys.client_hello))
        for index in finish.indices {
            var (copy, changed) = (greeted, finish)
            changed[index] ^= 1
            #expect(throws: NoiseError.self, "byte \(index)") { try copy.received(clientFinish: changed) }
            var other = greeted
            #expect(throws: NoiseError.self) { try other.received(clientFinish: Array(finish.prefix(index))) }
        }
    }

    @Test func messagesOutOfOrder() throws {
        var client = try client()
        #expect(throws: NoiseError.outOfOrder) { try client.start() }
        let hello = try bytes(keys.server_hello)
        _ = try client.received(serverHello: hello, clientPayload: [], now: NoiseVectors.now)
        #expect(throws: NoiseError.outOfOrder) { try client.received(serverHello: hello, clientPayload: [], now: NoiseVectors.now) }
        var server = try server()
        #expect(throws: NoiseError.outOfOrder) { try server.received(clientFinish: bytes(keys.client_finish)) }
        _ = try server.received(clientHello: bytes(keys.client_hello))
        #expect(throws: NoiseError.outOfOrder) { try server.received(clientHello: bytes(keys.client_hello)) }
    }

    @Test func framesMustArriveOnceAndInOrder() throws {
        let (one, two) = ([UInt8](repeating: 1, count: 32), [UInt8](repeating: 2, count: 32))
        var (sender, receiver) = (NoiseTransport(writeKey: one, readKey: two), NoiseTransport(writeKey: two, readKey: one))
        let (first, second) = (try sender.encrypt([1]), try sender.encrypt([2]))
        #expect(throws: NoiseError.undecryptable(.frame)) { try receiver.decrypt(second) }
        #expect(try receiver.decrypt(first) == [1])
        #expect(throws: NoiseError.undecryptable(.frame)) { try receiver.decrypt(first) }
        #expect(try receiver.decrypt(second) == [2])
        for garbage in [[], [UInt8](repeating: 0, count: 15), [UInt8](repeating: 0, count: 16)] {
            #expect(throws: NoiseError.undecryptable(.frame)) { try receiver.decrypt(garbage) }
        }
    }

    @Test func countersEndBeforeTheyWrap() throws {
        let key = [UInt8](repeating: 1, count: 32)
        var sender = NoiseTransport(writeKey: key, readKey: key, writeCounter: .max - 1)
        var receiver = NoiseTransport(writeKey: key, readKey: key, readCounter: .max - 1)
        #expect(try receiver.decrypt(sender.encrypt([1])) == [1])
        #expect(throws: NoiseError.counterExhausted) { try sender.encrypt([2]) }
        #expect(throws: NoiseError.counterExhausted) { try receiver.decrypt([]) }
    }

    @Test func keysDoNotShowInText() throws {
        let client = try client()
        let key = try bytes(keys.client_static_priv)
        var dumped = ""
        dump(client, to: &dumped)
        #expect("\(client)" == "<64 bytes>")
        #expect(!dumped.contains("\(key[0]), \(key[1])") && !dumped.contains("- \(key[0])\n"))
    }
}
