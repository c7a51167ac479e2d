import Signal
import WhatsApp

extension FuzzTarget {
    /// Damaged nodes in authentic frames, cut anywhere, on a connection that is established; and damaged frames.
    static let connection = FuzzTarget(
        name: "connection",
        seeds: {
            try VectorBytes.all(["encoded"], in: "wabinary.json")
                + [
                    Node("stream:error", ["code": "515"]), Node("failure", ["reason": "402", "code": "101", "expire": "60"]),
                    Node("iq", ["type": "get", "from": "s.whatsapp.net", "xmlns": "urn:xmpp:ping", "id": "1"]), Node("xmlstreamend"),
                    Node("stream:error", [:], [Node("ack", ["class": "message", "id": "1"])]), Node("success", ["t": "1"]),
                ].map(BinaryXML.encode)
        },
        prepare: {
            let (connection, service) = try establishedPair()
            return { input, rng in
                var (connection, service) = (connection, service)
                var stream = try Frame.encode(service.encrypt(input)) + Frame.encode(service.encrypt([0, 0xF8, 1, 0x19]))
                if UInt8.random(in: 0..<8, using: &rng) == 0, let place = stream.indices.randomElement(using: &rng) {
                    stream[place] ^= 0x10
                }
                let cut = Int.random(in: 0...stream.count, using: &rng)
                var now: Int64 = 0
                var actions: [ConnectionAction] = []
                for piece in [stream[..<cut], stream[cut...]] {
                    actions += connection.received(piece, now: now)
                    now += .random(in: 0...30_000, using: &rng)
                    actions += connection.tick(now: now)
                }
                try checkCloses(actions + connection.closed(), of: connection)
            }
        })

    private static func checkCloses(_ actions: [ConnectionAction], of connection: Connection) throws {
        let closes = actions.filter { if case .close = $0 { true } else { false } }
        guard closes.count == 1, actions.last == closes.first else { throw FuzzFinding(rule: "a connection closes once, at its end") }
        guard connection.closeReason != nil, connection.deadline == nil else { throw FuzzFinding(rule: "closed is closed") }
    }

    private static func establishedPair() throws -> (Connection, NoiseTransport) {
        let keys = try NoiseKeys()
        let settings = ConnectionSettings(
            staticKey: keys.clientStatic, ephemeral: keys.clientEphemeral, rootKey: keys.rootKey, clientPayload: [1], seed: 1)
        var connection = Connection(settings, now: 0)
        var server = keys.server()
        _ = connection.opened(now: 0, unixTime: NoiseKeys.now)
        let hello = try server.received(clientHello: keys.client().hello)
        for action in connection.received(try Frame.encode(hello), now: 0) {
            guard case .write(let frame) = action else { continue }
            return (connection, try server.received(clientFinish: Array(frame.dropFirst(Frame.headerLength))).transport)
        }
        throw FuzzFinding(rule: "the handshake ends")
    }
}
