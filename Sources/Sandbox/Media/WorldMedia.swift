import CryptoPrimitives
import Model
import SwiftProtobuf
import WAProto
import WhatsApp

/// Phones and files: sending them, and uploading them again when the hosts have lost them.
extension World {
    /// - Returns: the message's id and its file.
    mutating func send(_ sending: PhoneSending, from number: String, now: Timestamp) throws(ControlError) -> (id: String, file: PhoneFile) {
        service.now = now
        _ = try online(number)
        guard let category = sending.category else { throw .badRequest("kind is image, video, audio, document or sticker") }
        let group = JID(parsing: sending.to).flatMap { $0.isGroup ? $0.user : nil }
        guard group != nil || service.accounts[sending.to] != nil else { throw .notFound("no phone \(sending.to)") }
        let key = Random.bytes(MediaKeys.keyLength, using: &service.rng)
        let upload: (file: MediaVault.File, facts: MediaEncryptor.Facts)
        do { upload = try vault.upload(sending.file, category, mediaKey: key) } catch { throw .badRequest("\(error)") }
        let message = sending.message(
            upload.file, upload.facts, mediaKey: key, seconds: now.seconds, host: service.media.names.first ?? MediaHostAddress.fallbackHost)
        var check = FileCheck(id: "the phone's own message")
        do throws(Refusal) {
            guard let (file, _) = try check.file(message) else { throw .unreadable("no file") }
            let id =
                if let group { try deliver(message, file, from: number, toGroup: group) } else {
                    try deliver(message, file, from: number, to: sending.to)
                }
            settle()
            return (id, file)
        } catch {
            service.note(error, number)
            throw .conflict(error.reason)
        }
    }

    /// A device of the phone's account could not download a file. Source: protocol notes on media, section 5.
    mutating func mediaLost(_ stanza: Node, _ number: String) {
        guard let phone = phones[number], let asking = stanza.jid("from").flatMap({ service.device(of: $0) }), asking.number == number,
            let id = stanza.string("id")
        else { return service.note(.receipt("server-error for a file that is not of the own account"), number) }
        do throws(Refusal) {
            let (about, sealed, nonce) = try Self.lostFile(stanza)
            var answer = Node("notification", ["type": "mediaretry", "id": .text(id), "from": .jid(service.lidJID(phone.address).bare)], [about])
            answer["t"] = .text("\(service.now.seconds)")
            let shown = phone.messages.named(id).last { $0.media != nil }
            if let file = shown?.media, phone.hasLostFiles != true {
                let encrypted = try uploadAgain(file, id: id, sealed: sealed, nonce: nonce)
                answer.content = .nodes([encrypted, about])
            } else {
                answer.content = .nodes([about, Node("error", ["code": "2"])])
            }
            service.note(.phone, number, "\(shown == nil || phone.hasLostFiles == true ? "does not have" : "has uploaded again") the file of \(id)")
            service.deliver(answer, to: asking)
        } catch { service.note(error, number) }
    }

    private static func lostFile(_ stanza: Node) throws(Refusal) -> (about: Node, sealed: [UInt8], nonce: [UInt8]) {
        guard let about = stanza.child("rmr"), about.jid("jid") != nil, ["true", "false"].contains(about.string("from_me")) else {
            throw .receipt("server-error without rmr, or without its jid and from_me")
        }
        if about.jid("jid")?.isGroup == true, about.jid("participant") == nil { throw .receipt("server-error of a group without participant") }
        guard let sealed = stanza.child("encrypt")?.child("enc_p")?.bytes, let nonce = stanza.child("encrypt")?.child("enc_iv")?.bytes,
            nonce.count == AESGCM.nonceLength
        else { throw .receipt("server-error without enc_p and enc_iv") }
        return (about, sealed, nonce)
    }

    /// The same bytes under another path; only who has the key can have asked.
    private mutating func uploadAgain(_ file: PhoneFile, id: String, sealed: [UInt8], nonce: [UInt8]) throws(Refusal) -> Node {
        guard let mediaKey = Hex.decode(file.mediaKey), let category = MediaCategory(rawValue: file.category) else { throw .receipt("\(id): no key") }
        let key = HKDF.sha256(mediaKey, info: Array("WhatsApp Media Retry Notification".utf8), length: AESGCM.keyLength)
        guard let opened = try? AESGCM.open(sealed, key: key, nonce: nonce, authenticating: Array(id.utf8)),
            let receipt = try? WAServerErrorReceipt(serializedBytes: opened), receipt.stanzaID == id
        else { throw .receipt("\(id): a server-error that the file's key does not open") }
        let again = vault.add(hash: file.encryptedSHA256, type: category.wireName, length: MediaEncryptor.encryptedLength(of: Int(clamping: file.length)))
        var answer = WAMediaRetryNotification()
        answer.stanzaID = id
        answer.directPath = again.directPath
        answer.result = .success
        let fresh = Random.bytes(AESGCM.nonceLength, using: &service.rng)
        guard let plain: [UInt8] = try? answer.serializedBytes(),
            let encrypted = try? AESGCM.seal(plain, key: key, nonce: fresh, authenticating: Array(id.utf8))
        else { throw .receipt("\(id): the answer can not be encrypted") }
        return Node("encrypt", [:], [Node("enc_p", bytes: encrypted), Node("enc_iv", bytes: fresh)])
    }
}
