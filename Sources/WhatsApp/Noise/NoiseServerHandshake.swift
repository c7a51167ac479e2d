import CryptoPrimitives
package import Signal
import SwiftProtobuf
import WAProto

/// The server's side of the handshake, for a service that is not WhatsApp's.
package struct NoiseServerHandshake: Sendable {
    /// What a completed handshake tells about the client.
    package struct Accepted: Sendable {
        /// 32 bytes; the same in every connection of one linked device.
        package let clientStatic: [UInt8]
        /// The serialized login or registration.
        package let payload: [UInt8]
        /// Keys for everything after the handshake.
        package let transport: NoiseTransport
    }

    private enum Stage { case awaitingClientHello, awaitingClientFinish, ended }

    private let staticKey: KeyPair
    private let ephemeral: KeyPair
    private let certificates: [UInt8]
    private var symmetric = NoiseSymmetricState(name: NoiseProtocol.xx, prologue: ConnectionHeader.bytes)
    private var stage = Stage.awaitingClientHello

    /// - Parameter certificates: the serialized ``CertificateChain`` for the static key; bytes, so that tests can present anything.
    package init(staticKey: KeyPair, ephemeral: KeyPair, certificates: [UInt8]) {
        self.staticKey = staticKey
        self.ephemeral = ephemeral
        self.certificates = certificates
    }

    /// - Returns: the server hello, to be framed.
    package mutating func received(clientHello: [UInt8]) throws(NoiseError) -> [UInt8] {
        guard stage == .awaitingClientHello else { throw .outOfOrder }
        stage = .ended
        guard let hello = try? WAHandshakeMessage(serializedBytes: clientHello), hello.hasClientHello else {
            throw .malformed(.clientHello)
        }
        let clientEphemeral = hello.clientHello.ephemeral.array
        let firstSecret = try ephemeral.agree(with: clientEphemeral, in: .clientHello)
        symmetric.mixHash(clientEphemeral)
        symmetric.mixHash(ephemeral.publicKey.bytes)
        symmetric.mixKey(firstSecret)
        var message = WAHandshakeMessage()
        message.serverHello.ephemeral = .init(wire: ephemeral.publicKey.bytes)
        message.serverHello.static = .init(wire: try symmetric.encrypt(staticKey.publicKey.bytes))
        symmetric.mixKey(try staticKey.agree(with: clientEphemeral, in: .clientHello))
        message.serverHello.payload = .init(wire: try symmetric.encrypt(certificates))
        stage = .awaitingClientFinish
        do { return try message.serializedBytes() } catch { throw .malformed(.serverHello) }
    }

    /// Takes the second message of the client, which ends the handshake.
    package mutating func received(clientFinish: [UInt8]) throws(NoiseError) -> Accepted {
        guard stage == .awaitingClientFinish else { throw .outOfOrder }
        stage = .ended
        guard let finish = try? WAHandshakeMessage(serializedBytes: clientFinish), finish.hasClientFinish else {
            throw .malformed(.clientFinish)
        }
        let clientStatic = try symmetric.decrypt(finish.clientFinish.static.array, as: .clientStatic)
        symmetric.mixKey(try ephemeral.agree(with: clientStatic, in: .clientFinish))
        let payload = try symmetric.decrypt(finish.clientFinish.payload.array, as: .clientPayload)
        let keys = symmetric.split()
        return Accepted(
            clientStatic: clientStatic, payload: payload,
            transport: NoiseTransport(writeKey: keys.serverToClient, readKey: keys.clientToServer))
    }
}

extension NoiseServerHandshake: Concealed {
    /// Bytes of the two private keys; the text form says only this.
    package var concealedByteCount: Int { staticKey.privateKey.count + ephemeral.privateKey.count }
}
