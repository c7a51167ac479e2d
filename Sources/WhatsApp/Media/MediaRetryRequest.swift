import CryptoPrimitives
package import Model
import SwiftProtobuf
import WAProto

/// Asks a phone to upload a file again that the media hosts do not have any more. Source: protocol notes on media, section 5.
package struct MediaRetryRequest: Sendable {
    package let messageID: String
    package let chat: JID
    package let isFromMe: Bool
    /// Who wrote it, in groups.
    package let participant: JID?

    package init(messageID: String, chat: JID, isFromMe: Bool, participant: JID?) {
        self.messageID = messageID
        self.chat = chat
        self.isFromMe = isFromMe
        self.participant = participant
    }

    /// The receipt, to the own account: the service finds the phone that has the file.
    package func node(mediaKey: [UInt8], own: JID, using random: inout some RandomNumberGenerator) throws(StanzaError) -> Node {
        var receipt = WAServerErrorReceipt()
        receipt.stanzaID = messageID
        let nonce = Random.bytes(AESGCM.nonceLength, using: &random)
        guard let plaintext: [UInt8] = try? receipt.serializedBytes(),
            let sealed = try? AESGCM.seal(
                plaintext, key: Self.key(mediaKey), nonce: nonce, authenticating: Array(messageID.utf8))
        else { throw .unencodable }
        var about: Attributes = ["jid": .jid(chat), "from_me": isFromMe ? "true" : "false"]
        if let participant { about["participant"] = .jid(participant) }
        return Node(
            "receipt", ["id": .text(messageID), "to": .jid(own.bare), "type": "server-error"],
            [
                Node("encrypt", [:], [Node("enc_p", bytes: sealed), Node("enc_iv", bytes: nonce)]),
                Node("rmr", about),
            ])
    }

    static func key(_ mediaKey: [UInt8]) -> [UInt8] {
        HKDF.sha256(mediaKey, info: Array("WhatsApp Media Retry Notification".utf8), length: AESGCM.keyLength)
    }
}
