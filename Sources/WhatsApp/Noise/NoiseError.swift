/// Why a handshake or the encrypted phase failed. Each of them ends the connection.
package enum NoiseError: Error, Equatable, Sendable {
    /// The message that was being read.
    package enum Message: Sendable { case clientHello, serverHello, clientFinish }
    /// The ciphertext that was being opened.
    package enum Secret: Sendable { case serverStatic, certificate, clientStatic, clientPayload, frame }

    /// The bytes are not the protobuf message that belongs here.
    case malformed(Message)
    /// A key of the message is missing or has another length than it must, in bytes.
    case wrongKeyLength(Message, bytes: Int)
    /// A Diffie-Hellman agreement gave nothing usable: the peer's key is a point of small order.
    case weakKey(Message)
    /// A ciphertext does not authenticate: another key, a changed byte or a lost frame.
    case undecryptable(Secret)
    case certificate(CertificateError)
    /// An event came in a state that does not expect it.
    case outOfOrder
    /// The library refused to encrypt, though keys and nonces have fixed sizes: it is broken or out of memory.
    case cipherUnavailable
    /// 2^32 - 1 messages went one way; the next would use a nonce again.
    case counterExhausted
}
