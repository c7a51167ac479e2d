import CryptoPrimitives
import Signal
import Testing
@testable import WhatsApp

@Suite struct CertificateChainTests {
    private static let start: UInt64 = 1_700_000_000
    private static let end: UInt64 = 1_900_000_000
    private let root: KeyPair
    private let intermediateKey: KeyPair
    private let server: KeyPair
    private let intermediate: Certificate
    private let leaf: Certificate

    init() {
        var rng = Jitter(seed: 7)
        root = KeyPair.generate(using: &rng)
        intermediateKey = KeyPair.generate(using: &rng)
        server = KeyPair.generate(using: &rng)
        intermediate = Certificate(
            serial: 5, issuerSerial: 0, key: intermediateKey.publicKey.bytes, notBefore: Self.start, notAfter: Self.end)
        leaf = Certificate(serial: 9, issuerSerial: 5, key: server.publicKey.bytes, notBefore: Self.start, notAfter: Self.end)
    }

    private func check(
        leaf: Certificate? = nil, intermediate: Certificate? = nil, root: KeyPair? = nil, signer: KeyPair? = nil,
        now: Int64 = NoiseVectors.now
    ) throws {
        var rng = Jitter(seed: 8)
        let chain = try CertificateChain.issue(
            leaf: leaf ?? self.leaf, intermediate: intermediate ?? self.intermediate, rootKey: root ?? self.root,
            intermediateKey: signer ?? intermediateKey, using: &rng)
        try CertificateChain(serialized: chain.serialized())
            .verify(rootKey: self.root.publicKey.bytes, serverStatic: server.publicKey.bytes, now: now)
    }

    private func changed(_ certificate: Certificate, _ change: (inout Certificate) -> Void) -> Certificate {
        var copy = certificate
        change(&copy)
        return copy
    }

    @Test func liveChainStandsUnderThePinnedRoot() throws {
        let vector = try NoiseVectors.load().live_certificate
        #expect(Hex.encode(CertificateChain.whatsAppRootKey) == vector.root_key)
        let chain = try CertificateChain(serialized: bytes(vector.chain))
        #expect(Hex.encode(chain.leaf.details) == vector.leaf_details)
        let (key, notAfter) = (try bytes(vector.leaf.key), Int64(vector.leaf.notAfter))
        try chain.verify(rootKey: CertificateChain.whatsAppRootKey, serverStatic: key, now: notAfter)
        try chain.verify(rootKey: CertificateChain.whatsAppRootKey, serverStatic: key, now: Int64(vector.leaf.notBefore))
        #expect(throws: CertificateError.expired(.leaf, notAfter: vector.leaf.notAfter, now: notAfter + 1)) {
            try chain.verify(rootKey: CertificateChain.whatsAppRootKey, serverStatic: key, now: notAfter + 1)
        }
        let details = try Certificate(details: bytes(vector.intermediate_details))
        #expect(details.serial == vector.intermediate.serial && details.issuerSerial == vector.intermediate.issuerSerial)
        #expect(Hex.encode(details.key) == vector.intermediate.key)
    }

    @Test func issuedChainIsAccepted() throws {
        try check()
        var rng = Jitter(seed: 9)
        let chain = try CertificateChain.issue(for: server.publicKey, rootKey: root, validity: 10...20, using: &rng)
        for now: Int64 in [10, 20] {
            try chain.verify(rootKey: root.publicKey.bytes, serverStatic: server.publicKey.bytes, now: now)
        }
    }

    @Test func wrongSignatures() throws {
        #expect(throws: CertificateError.intermediateSignature) { try check(root: intermediateKey) }
        #expect(throws: CertificateError.leafSignature) { try check(signer: root) }
    }

    @Test func wrongSerials() throws {
        #expect(throws: CertificateError.intermediateIssuer(serial: 1)) {
            try check(intermediate: changed(intermediate) { $0.issuerSerial = 1 })
        }
        #expect(throws: CertificateError.leafIssuer(serial: 6, expected: 5)) { try check(leaf: changed(leaf) { $0.issuerSerial = 6 }) }
    }

    @Test func chainForAnotherKey() {
        #expect(throws: CertificateError.leafKey) { try check(leaf: changed(leaf) { $0.key = root.publicKey.bytes }) }
    }

    @Test func times() throws {
        let early = Int64(Self.start) - 1
        let late = Int64(Self.end) + 1
        #expect(throws: CertificateError.notYetValid(.intermediate, notBefore: Self.start, now: early)) { try check(now: early) }
        #expect(throws: CertificateError.expired(.intermediate, notAfter: Self.end, now: late)) { try check(now: late) }
        #expect(throws: CertificateError.notYetValid(.leaf, notBefore: Self.end, now: NoiseVectors.now)) {
            try check(leaf: changed(leaf) { $0.notBefore = Self.end })
        }
        #expect(throws: CertificateError.expired(.leaf, notAfter: Self.start, now: NoiseVectors.now)) {
            try check(leaf: changed(leaf) { $0.notAfter = Self.start })
        }
        #expect(throws: CertificateError.notYetValid(.intermediate, notBefore: Self.start, now: -1)) { try check(now: -1) }
        try check(now: Int64(Self.start))
        try check(now: Int64(Self.end))
    }

    @Test func malformed() throws {
        #expect(throws: CertificateError.malformed) { try check(leaf: changed(leaf) { $0.key.removeLast() }) }
        #expect(throws: CertificateError.malformed) { try check(intermediate: changed(intermediate) { $0.key.append(0) }) }
        for garbage: [UInt8] in [[], [0xFF], [0x0A, 0x05, 1], [0x0A, 0x00]] {
            #expect(throws: CertificateError.malformed) { try CertificateChain(serialized: garbage) }
        }
    }

    @Test func everyChangedBitIsNoticed() throws {
        let vectors = try NoiseVectors.load()
        let (rootKey, server) = (try bytes(vectors.generated.test_root_pub), try vectors.generated.serverStatic.publicKey.bytes)
        let chain = try CertificateChain(serialized: bytes(vectors.generated.cert_chain))
        try chain.verify(rootKey: rootKey, serverStatic: server, now: NoiseVectors.now)
        let parts: [WritableKeyPath<CertificateChain, [UInt8]>] = [
            \.leaf.details, \.leaf.signature, \.intermediate.details, \.intermediate.signature,
        ]
        for part in parts {
            for index in chain[keyPath: part].indices {
                var changed = chain
                changed[keyPath: part][index] ^= 1
                #expect(throws: CertificateError.self) { try changed.verify(rootKey: rootKey, serverStatic: server, now: NoiseVectors.now) }
            }
            var short = chain
            short[keyPath: part].removeLast()
            #expect(throws: CertificateError.self) { try short.verify(rootKey: rootKey, serverStatic: server, now: NoiseVectors.now) }
        }
    }
}
