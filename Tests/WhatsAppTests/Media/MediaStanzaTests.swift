import CryptoPrimitives
import Model
import Testing

@testable import WhatsApp

struct MediaStanzaTests {
    let vectors: MediaVectors
    init() throws { vectors = try MediaVectors.load() }

    private func answer(_ attributes: Attributes, hosts: [Attributes]) -> Node {
        Node("iq", ["type": "result", "id": "1"], [Node("media_conn", attributes, hosts.map { Node("host", $0) })])
    }

    @Test func hostsAreRead() throws {
        #expect(MediaServers.query.node(id: "7").child("media_conn") != nil)
        #expect(MediaServers.query.node(id: "7").string("xmlns") == "w:m")
        let servers = try MediaServers(
            answer(
                ["auth": "AbC", "ttl": "300", "auth_ttl": "200", "max_buckets": "12"],
                hosts: [["hostname": "mmg.whatsapp.net"], ["hostname": "127.0.0.1:8443"], ["hostname": "evil@x"], [:], ["hostname": "a:0"]]))
        #expect(servers.hosts == ["mmg.whatsapp.net", "127.0.0.1:8443"])
        #expect(servers.auth == "AbC")
        #expect(servers.lifetime == 200)
    }

    @Test func answersWithoutWhatIsNeededAreRefused() {
        let host: [Attributes] = [["hostname": "a.b"]]
        #expect(throws: StanzaError.missing("auth")) { try MediaServers(answer(["ttl": "1"], hosts: host)) }
        #expect(throws: StanzaError.missing("ttl")) { try MediaServers(answer(["auth": "x", "ttl": "-1"], hosts: host)) }
        #expect(throws: StanzaError.missing("host")) { try MediaServers(answer(["auth": "x", "ttl": "1"], hosts: [["hostname": "/"]])) }
        #expect(throws: StanzaError.missing("media_conn")) { try MediaServers(Node("iq", ["type": "result"])) }
        #expect(throws: StanzaError.missing("auth")) {
            try MediaServers(answer(["auth": .text(String(repeating: "x", count: 5_000)), "ttl": "1"], hosts: host))
        }
        let long = try? MediaServers(answer(["auth": "x", "ttl": "18446744073709551615"], hosts: host))
        #expect(long?.lifetime == 86_400)
    }

    @Test func addressesAreThoseOfOtherImplementations() throws {
        let hash = try bytes(vectors.url.fileEncSha256)
        let token = vectors.url.token_padded_base64url.replacing("=", with: "%3D")
        #expect(
            MediaHostAddress.upload(.image, fileEncSHA256: hash, auth: "a+b/c=&d", host: "mmg.whatsapp.net")
                == "https://mmg.whatsapp.net\(vectors.url.example_path.replacing("=", with: "%3D"))?auth=a%2Bb%2Fc%3D%26d&token=\(token)")
        func address(_ path: String) throws -> String? {
            let descriptor = try MediaDescriptor(
                category: .document, mediaKey: hash, fileSHA256: hash, fileEncSHA256: hash, fileLength: 1, directPath: path)
            return MediaHostAddress.download(descriptor, host: "h:1")
        }
        #expect(try address("/v/x.enc?ccb=1") == "https://h:1/v/x.enc?ccb=1&hash=\(token)&mms-type=document&__wa-mms=")
        #expect(try address("/v/x.enc") == "https://h:1/v/x.enc?hash=\(token)&mms-type=document&__wa-mms=")
    }

    @Test func requestsForAnotherUploadAreSealed() throws {
        let key = try bytes(vectors.media_retry.mediaKey)
        let id = vectors.media_retry.messageId
        var random = SystemRandomNumberGenerator()
        let request = MediaRetryRequest(messageID: id, chat: JID(user: "1", server: .lid), isFromMe: false, participant: nil)
        let node = try request.node(mediaKey: key, own: JID(user: "2", server: .phoneNumber, device: 4), using: &random)
        #expect(node.string("to") == "2@s.whatsapp.net")
        #expect(node.string("type") == "server-error")
        #expect(node.child("rmr")?.string("from_me") == "false")
        let sealed = try #require(node.child("encrypt")?.child("enc_p")?.bytes)
        let nonce = try #require(node.child("encrypt")?.child("enc_iv")?.bytes)
        let opened = try AESGCM.open(sealed, key: MediaRetryRequest.key(key), nonce: nonce, authenticating: Array(id.utf8))
        #expect(try opened == bytes(vectors.media_retry.request.plaintext))
        // And the vector's own bytes.
        let other = try AESGCM.open(
            bytes(vectors.media_retry.request.enc_p), key: MediaRetryRequest.key(key), nonce: bytes(vectors.media_retry.request.iv),
            authenticating: Array(id.utf8))
        #expect(other == opened)
    }

    private func notification(_ children: [Node]) -> Node {
        Node(
            "notification", ["type": "mediaretry", "id": .text(vectors.media_retry.messageId), "from": "2@s.whatsapp.net"],
            [Node("rmr", ["jid": "1@lid", "from_me": "false"])] + children)
    }

    @Test func answersAreOpened() throws {
        let key = try bytes(vectors.media_retry.mediaKey)
        let sealed = Node(
            "encrypt", [:],
            [
                Node("enc_p", bytes: try bytes(vectors.media_retry.response.enc_p)),
                Node("enc_iv", bytes: try bytes(vectors.media_retry.response.iv)),
            ])
        let answer = try #require(MediaRetryAnswer(notification([sealed])))
        guard case .mediaRetry(answer) = ServiceNotification(notification([sealed]), own: nil) else {
            Issue.record("not taken for an answer")
            return
        }
        guard case .uploaded(let path) = try answer.open(mediaKey: key) else {
            Issue.record("not taken for a success")
            return
        }
        #expect(path.hasPrefix("/v/t62.7118-24/"))
        #expect(throws: StanzaError.invalid("enc_p")) { try answer.open(mediaKey: [UInt8](repeating: 0, count: 32)) }
    }

    @Test func refusalsAndRubbishAreTold() throws {
        let key = [UInt8](repeating: 1, count: 32)
        let gone = try #require(MediaRetryAnswer(notification([Node("error", ["code": "2"])])))
        #expect(try gone.open(mediaKey: key) == .gone)
        let failed = try #require(MediaRetryAnswer(notification([Node("error", ["code": "99"])])))
        #expect(try failed.open(mediaKey: key) == .failed)
        #expect(MediaRetryAnswer(notification([])) == nil)
        #expect(MediaRetryAnswer(Node("notification", ["type": "mediaretry", "id": "1"])) == nil)
        let short = try #require(
            MediaRetryAnswer(notification([Node("encrypt", [:], [Node("enc_p", bytes: [1]), Node("enc_iv", bytes: [])])])))
        #expect(throws: StanzaError.invalid("enc_p")) { try short.open(mediaKey: key) }
    }
}
