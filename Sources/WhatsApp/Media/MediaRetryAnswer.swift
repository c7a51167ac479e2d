import CryptoPrimitives
package import Model
import SwiftProtobuf
import WAProto

/// What came of a request to upload a file again (`<notification type="mediaretry">`). Source: protocol notes on media, section 5.
package struct MediaRetryAnswer: Equatable, Sendable {
    package enum Outcome: Equatable, Sendable {
        /// The file lies here now; its keys are the same.
        case uploaded(directPath: String)
        /// The phone does not have it either.
        case gone
        /// The phone could not do it now, or not read what was asked.
        case failed
    }

    private enum Content: Equatable {
        case sealed([UInt8], nonce: [UInt8])
        case error(UInt64)
    }

    package let messageID: String
    package let chat: JID?
    package let isFromMe: Bool
    private let content: Content

    /// The code of a phone that does not have the file.
    private static let notFound: UInt64 = 2

    /// nil where no answer can be made out.
    init?(_ node: Node) {
        guard let id = node.string("id"), !id.isEmpty, let about = node.child("rmr") else { return nil }
        messageID = id
        chat = about.jid("jid")?.bare
        isFromMe = about.string("from_me") == "true"
        if let sealed = node.child("encrypt")?.child("enc_p")?.bytes, let nonce = node.child("encrypt")?.child("enc_iv")?.bytes {
            content = .sealed(sealed, nonce: nonce)
        } else if let error = node.child("error") {
            content = .error(error.uint("code") ?? 0)
        } else {
            return nil
        }
    }

    /// Only who has the message's key can have written the answer.
    /// - Throws: `invalid` where it was not sealed with the key.
    package func open(mediaKey: [UInt8]) throws(StanzaError) -> Outcome {
        switch content {
        case .error(let code): return code == Self.notFound ? .gone : .failed
        case .sealed(let bytes, let nonce):
            let opened = try? AESGCM.open(
                bytes, key: MediaRetryRequest.key(mediaKey), nonce: nonce, authenticating: Array(messageID.utf8))
            guard let opened else { throw .invalid("enc_p") }
            guard let answer = try? WAMediaRetryNotification(serializedBytes: opened) else { throw .malformedProtobuf }
            guard !answer.hasStanzaID || answer.stanzaID == messageID else { throw .invalid("stanzaID") }
            switch answer.result {
            case .success where MediaHostAddress.isPath(answer.directPath): return .uploaded(directPath: answer.directPath)
            case .notFound where answer.hasResult: return .gone
            default: return .failed
            }
        }
    }
}
