import Model
package import Signal

/// Asking the sender to encrypt a message for us again. Goes out together with the ack of the message.
///
/// Source: protocol notes on messages, section 9.
package struct RetryReceipt: Sendable {
    /// After this many requests for one message we give up.
    package static let maximumCount = 5

    /// Why it could not be read, in the numbers of the protocol.
    package enum Reason: Int, Sendable {
        case unknown = 0, noSession, invalidKey, invalidKeyID, invalidMessage, invalidSignature, futureMessage, badMAC
        case invalidSession, invalidMessageKey
    }

    /// Fresh public keys, so that the sender can start a new session; from the second request on.
    package struct Keys: Sendable {
        package let identity: PublicKey
        /// Used for this receipt only, stored before it leaves.
        package let preKey: PreKey
        package let signedPreKey: SignedPreKey
        /// The full account blob.
        package let deviceIdentity: [UInt8]

        package init(identity: PublicKey, preKey: PreKey, signedPreKey: SignedPreKey, deviceIdentity: [UInt8]) {
            self.identity = identity
            self.preKey = preKey
            self.signedPreKey = signedPreKey
            self.deviceIdentity = deviceIdentity
        }
    }

    package static func node(
        for message: IncomingMessage, stanza: Node, count: Int, reason: Reason, registrationID: UInt32, keys: Keys?
    ) -> Node {
        var attributes = MessageReceipt.base(stanza)
        attributes["type"] = "retry"
        if message.isPeer { attributes["category"] = "peer" }
        var children = [
            Node(
                "retry",
                [
                    "count": .text(String(count)), "id": .text(message.id), "t": .text(String(message.timestamp.seconds)), "v": "1",
                    "error": .text(String(reason.rawValue)),
                ]),
            Node("registration", bytes: KeyBytes.four(registrationID)),
        ]
        if let keys {
            children.append(
                Node(
                    "keys", [:],
                    [
                        Node("type", bytes: [PreKeyStanza.curveType]), Node("identity", bytes: keys.identity.bytes),
                        PreKeyStanza.node(of: keys.preKey), PreKeyStanza.node(of: keys.signedPreKey),
                        Node("device-identity", bytes: keys.deviceIdentity),
                    ]))
        }
        return Node("receipt", attributes, children)
    }
}
