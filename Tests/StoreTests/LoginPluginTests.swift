import CMySQLAuth
import CryptoPrimitives
import Testing

/// `caching_sha2_password` against a server that plays its packets.
@Suite(.serialized) struct LoginPluginTests {
    private static let nonce = (0..<20).map { UInt8($0 + 1) }

    /// What the server sends, and what it received. The plugin's functions take no context, so that the script is the process's.
    nonisolated(unsafe) private static var incoming: [[UInt8]] = []
    nonisolated(unsafe) private static var outgoing: [[UInt8]] = []
    nonisolated(unsafe) private static var transport: Int32 = 0
    nonisolated(unsafe) private static let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: 4_096)

    private func login(_ password: String, protocol number: Int32, server packets: [[UInt8]]) -> Int32 {
        (Self.incoming, Self.outgoing) = (packets, [])
        var vio = wa_vio()
        vio.read_packet = { _, pointer in
            guard !LoginPluginTests.incoming.isEmpty else { return -1 }
            let packet = LoginPluginTests.incoming.removeFirst()
            LoginPluginTests.buffer.update(from: packet, count: packet.count)
            pointer?.pointee = LoginPluginTests.buffer
            return Int32(packet.count)
        }
        vio.write_packet = { _, bytes, length in
            LoginPluginTests.outgoing.append(Array(UnsafeBufferPointer(start: bytes, count: Int(length))))
            return 0
        }
        Self.transport = number
        vio.info = { _, info in info?.pointee.protocol = LoginPluginTests.transport }
        return wa_caching_sha2_login(&vio, password)
    }

    private func answer(_ password: String) -> [UInt8] {
        let once = SHA256.hash(Array(password.utf8))
        return zip(once, SHA256.hash(SHA256.hash(once) + Self.nonce)).map { $0 ^ $1 }
    }

    @Test func aKnownPasswordNeedsOnlyItsAnswer() {
        #expect(login("secret", protocol: 2, server: [Self.nonce + [0], [3]]) == -1)
        #expect(Self.outgoing == [answer("secret")])
    }

    @Test func overTheSocketAnUnknownPasswordGoesAsItIs() {
        #expect(login("geheim é", protocol: 2, server: [Self.nonce + [0], [4]]) == -1)
        #expect(Self.outgoing == [answer("geheim é"), Array("geheim é".utf8) + [0]])
    }

    /// Never in clear over the network: the server's key is asked for, and without one there is no login.
    @Test func overTCPThePasswordWaitsForAKey() {
        for packet in [[], [1], [1, 0x2D, 0x2D], [2, 3]] as [[UInt8]] {
            #expect(login("secret", protocol: 1, server: [Self.nonce + [0], [4]] + (packet.isEmpty ? [] : [packet])) == 0)
            #expect(Self.outgoing == [answer("secret"), [2]])
        }
    }

    @Test func anEmptyPasswordIsEmpty() {
        #expect(login("", protocol: 2, server: [Self.nonce + [0]]) == -1)
        #expect(Self.outgoing == [[0]])
    }

    @Test func oddServersAreRefused() {
        #expect(login("secret", protocol: 2, server: []) == 0)
        #expect(login("secret", protocol: 2, server: [[1, 2, 3]]) == 0)
        #expect(login("secret", protocol: 2, server: [Self.nonce, [9]]) == 0)
        #expect(login("secret", protocol: 2, server: [Self.nonce]) == 0)
        #expect(login(String(repeating: "x", count: 5_000), protocol: 2, server: [Self.nonce, [4]]) == 0)
    }
}
