import CryptoPrimitives
import Model
import WhatsApp

/// Tokens with which people show that they are no strangers. Source: protocol notes on messages, section 6.
extension Service {
    struct Token: Codable, Sendable {
        var bytes: [UInt8]
        /// Unix seconds.
        var madeAt: Int64
    }

    /// Somebody gives tokens; whoever gets one is told.
    mutating func giveTokens(_ gifts: [Node], from address: DeviceAddress) throws(QueryError) {
        for gift in gifts {
            guard gift.tag == "token", gift.string("type") == "trusted_contact", let moment = gift.moment("t"), let jid = gift.jid("jid"),
                jid.device == 0
            else { throw .badRequest }
            guard let receiver = account(of: jid) else { throw .notFound }
            guard receiver.number != address.number else { throw .badRequest }
            giveToken(from: address.number, to: receiver, madeAt: moment.seconds)
        }
    }

    mutating func giveToken(from number: String, to receiver: Account, madeAt: Int64) {
        guard let giver = accounts[number] else { return }
        let token = Token(bytes: Random.bytes(32, using: &rng), madeAt: madeAt)
        accounts[number]?.tokens = (giver.tokens ?? [:]).merging([receiver.number: token]) { $1 }
        note(.query, number, "gives \(receiver.number) a token")
        for device in receiver.devices.keys.sorted() {
            deliver(
                Node(
                    "notification",
                    [
                        "from": .jid(giver.phoneNumberJID), "sender_lid": .jid(giver.lidJID), "type": "privacy_token",
                        "id": .text(nextStanzaID()), "t": .text("\(now.seconds)"),
                    ],
                    [Node("tokens", [:], [Node("token", ["type": "trusted_contact", "t": .text("\(madeAt)")], bytes: token.bytes)])]),
                to: receiver.address(device))
        }
    }

    /// Who refuses strangers gets nothing from people whom they never wrote to and gave no token.
    func checkToken(_ message: OutgoingMessage, from sender: DeviceAddress, _ receiver: Account) throws(Refusal) {
        guard sender.number != receiver.number else {
            guard message.stanza.child("tctoken") == nil, message.stanza.child("cstoken") == nil else {
                throw .message(code: 479, "a token on a message to oneself")
            }
            return
        }
        guard receiver.refusesStrangers == true, !sender.isPhone, receiver.acquaintances?.contains(sender.number) != true else { return }
        if let shown = message.stanza.child("tctoken")?.bytes, let token = receiver.tokens?[sender.number], token.bytes == shown,
            TokenAge.isGood(madeAt: token.madeAt, now: now.seconds)
        {
            return
        }
        if let shown = message.stanza.child("cstoken"), let salt = accounts[sender.number]?.tokenSalt,
            PrivacyToken.salted(for: receiver.lidJID, salt: salt).node == Node("cstoken", bytes: shown.bytes ?? [])
        {
            return
        }
        throw .message(code: 463, "\(receiver.number) takes nothing from strangers without a good token")
    }
}
