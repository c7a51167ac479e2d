import CryptoPrimitives
package import Signal
import SwiftProtobuf
import WAProto

/// The client's side of the three messages that open a connection. Use a fresh ephemeral key for every attempt.
/// Source: protocol notes on transport, section 3 (steps 1 to 10).
package struct NoiseClientHandshake: Sendable {
    private enum Stage { case ready, awaitingServerHello, ended }

    private let staticKey: KeyPair
    private let ephemeral: KeyPair
    private let rootKey: [UInt8]
    private var symmetric = NoiseSymmetricState(name: NoiseProtocol.xx, prologue: ConnectionHeader.bytes)
    private var stage = Stage.ready

    /// - Parameters:
    ///   - staticKey: made once before pairing and kept with the session; its public half is in the QR text.
    ///   - rootKey: 32 bytes under which the server's certificates must stand, ``CertificateChain/whatsAppRootKey`` for the real service.
    package init(staticKey: KeyPair, ephemeral: KeyPair, rootKey: [UInt8]) {
        self.staticKey = staticKey
        self.ephemeral = ephemeral
        self.rootKey = rootKey
    }

    /// The client hello, to be framed behind the ``ConnectionHeader``.
    package mutating func start() throws(NoiseError) -> [UInt8] {
        guard stage == .ready else { throw .outOfOrder }
        stage = .awaitingServerHello
        symmetric.mixHash(ephemeral.publicKey.bytes)
        var message = WAHandshakeMessage()
        message.clientHello.ephemeral = .init(wire: ephemeral.publicKey.bytes)
        do { return try message.serializedBytes() } catch { throw .malformed(.clientHello) }
    }

    /// Checks the server and answers it; after an error the handshake is over.
    /// - Parameters:
    ///   - clientPayload: the serialized login or registration, see ``ClientPayload``.
    ///   - now: unix seconds, for the validity of the certificates.
    /// - Returns: the client finish, to be framed, and the keys for everything after it.
    package mutating func received(
        serverHello: [UInt8], clientPayload: [UInt8], now: Int64
    ) throws(NoiseError) -> (clientFinish: [UInt8], transport: NoiseTransport) {
        guard stage == .awaitingServerHello else { throw .outOfOrder }
        stage = .ended
        let hello = try Self.parse(serverHello)
        let serverEphemeral = hello.ephemeral.array
        // Agreeing first refuses a key of another length before it enters the hash.
        let firstSecret = try ephemeral.agree(with: serverEphemeral, in: .serverHello)
        symmetric.mixHash(serverEphemeral)
        symmetric.mixKey(firstSecret)
        let serverStatic = try symmetric.decrypt(hello.static.array, as: .serverStatic)
        symmetric.mixKey(try ephemeral.agree(with: serverStatic, in: .serverHello))
        let certificates = try symmetric.decrypt(hello.payload.array, as: .certificate)
        do {
            try CertificateChain(serialized: certificates).verify(rootKey: rootKey, serverStatic: serverStatic, now: now)
        } catch {
            throw .certificate(error)
        }
        return try finish(serverEphemeral: serverEphemeral, clientPayload: clientPayload)
    }

    private mutating func finish(
        serverEphemeral: [UInt8], clientPayload: [UInt8]
    ) throws(NoiseError) -> (clientFinish: [UInt8], transport: NoiseTransport) {
        var message = WAHandshakeMessage()
        message.clientFinish.static = .init(wire: try symmetric.encrypt(staticKey.publicKey.bytes))
        symmetric.mixKey(try staticKey.agree(with: serverEphemeral, in: .serverHello))
        message.clientFinish.payload = .init(wire: try symmetric.encrypt(clientPayload))
        let keys = symmetric.split()
        let transport = NoiseTransport(writeKey: keys.clientToServer, readKey: keys.serverToClient)
        do { return (try message.serializedBytes(), transport) } catch { throw .malformed(.clientFinish) }
    }

    private static func parse(_ bytes: [UInt8]) throws(NoiseError) -> WAHandshakeMessage.ServerHello {
        guard let message = try? WAHandshakeMessage(serializedBytes: bytes), message.hasServerHello else {
            throw .malformed(.serverHello)
        }
        return message.serverHello
    }
}

extension NoiseClientHandshake: Concealed {
    /// Bytes of the two private keys; the text form says only this.
    package var concealedByteCount: Int { staticKey.privateKey.count + ephemeral.privateKey.count }
}
