import CryptoPrimitives
import Model
import SwiftProtobuf
import WAProto
@testable import WhatsApp

/// What a phone says that was asked to upload a file again: damaged on its way, or sealed with the right key by a phone that is hostile.
extension FuzzTarget {
    static let mediaRetry = FuzzTarget(
        name: "media-retry",
        seeds: {
            try [WAMediaRetryNotification.ResultType.success, .notFound, .decryptionError].map { result in
                try WAMediaRetryNotification.with {
                    $0.stanzaID = messageID
                    $0.directPath = "/v/t62.7118-24/1_2_n.enc?ccb=11&oh=01&oe=6AB&_nc_sid=5"
                    $0.result = result
                }.serializedBytes()
            }
        },
        prepare: {
            let mediaKey = [UInt8](repeating: 7, count: MediaKeys.keyLength)
            let nodes = [answer([Node("encrypt", [:], [Node("enc_p", bytes: [1]), Node("enc_iv", bytes: [2])])]), answer([Node("error", ["code": "2"])])]
            let mutator = NodeMutator(seeds: nodes)
            return { input, rng in
                let nonce = Random.bytes(AESGCM.nonceLength, using: &rng)
                var sealed = try AESGCM.seal(
                    input, key: MediaRetryRequest.key(mediaKey), nonce: nonce, authenticating: Array(messageID.utf8))
                let isDamaged = UInt8.random(in: 0..<4, using: &rng) == 0
                if isDamaged { sealed[Int.random(in: 0..<sealed.count, using: &rng)] ^= 1 }
                let node = answer([Node("encrypt", [:], [Node("enc_p", bytes: sealed), Node("enc_iv", bytes: nonce)])])
                let outcome = MediaRetryAnswer(node).flatMap { try? $0.open(mediaKey: mediaKey) }
                if isDamaged, outcome != nil { throw FuzzFinding(rule: "a damaged answer is none") }
                if case .uploaded(let path)? = outcome, !MediaHostAddress.isPath(path) { throw FuzzFinding(rule: "a file lies at a path") }
                if let strange = MediaRetryAnswer(mutator.node(using: &rng)), strange.messageID.isEmpty {
                    throw FuzzFinding(rule: "an answer names its message")
                }
            }
        })

    private static let messageID = "3EB0ABCDEF"

    private static func answer(_ children: [Node]) -> Node {
        Node("notification", ["id": .text(messageID), "type": "mediaretry"], children + [Node("rmr", ["jid": "2002@lid", "from_me": "false"])])
    }
}
