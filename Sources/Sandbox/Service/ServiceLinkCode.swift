import CryptoPrimitives
import Model
import Signal
import WhatsApp

/// A client that wants to be linked by a code which the owner types into the phone.
struct LinkCodeAttempt: Sendable {
    let number: String
    let reference: [UInt8]
    /// The client's ephemeral key, encrypted under the code: salt, iv, key; 80 bytes.
    let wrappedEphemeral: [UInt8]
    let validUntil: Timestamp
    /// Of the notification that took the phone's answer to the client.
    var answerID: String?
}

/// Linking by a code. The service only carries what phone and client encrypt for each other. Source: protocol notes on pairing, section 6.
extension Service {
    /// How long a code is good.
    static let linkCodeSeconds: Int64 = 180
    /// Salt, nonce, three keys of 32 bytes and a tag.
    static let keyBundleLength = 32 + 12 + 96 + 16

    /// `<link_code_companion_reg>` of a client that is not linked yet.
    mutating func linkCode(_ stanza: Node, _ content: Node, in attempt: PairingAttempt, on id: ConnectionID) throws(Refusal) {
        guard let query = stanza.string("id"), stanza.jid("to") == .service, stanza.string("xmlns") == "md" else {
            throw .pairing("link_code_companion_reg without id, xmlns md or the right address")
        }
        guard attempt.isOfferAnswered else { throw .pairing("linking by a code before pair-device was answered") }
        do throws(QueryError) {
            switch content.string("stage") {
            case "companion_hello": try companionHello(content, query, attempt, on: id)
            case "companion_finish": try companionFinish(content, query, attempt, on: id)
            default: throw .badRequest
            }
        } catch {
            note(.pairing("linking by a code: \(error.code) \(error.text) for \(StanzaSummary.of(stanza))"), who(id))
            let node = Node("error", ["code": .text("\(error.code)"), "text": .text(error.text)])
            write(Node("iq", ["from": .jid(.service), "type": "error", "id": .text(query)], [node]), on: id)
        }
    }

    /// Where a phone's owner has to type a code now.
    func linkCodeAttempt(for number: String) -> (id: ConnectionID, attempt: PairingAttempt, code: LinkCodeAttempt)? {
        for (id, connection) in connections {
            if let attempt = connection.pairing, let code = attempt.linkCode, code.number == number, now <= code.validUntil {
                return (id, attempt, code)
            }
        }
        return nil
    }

    /// Takes the phone's half to the client.
    mutating func answerLinkCode(_ wrappedEphemeral: [UInt8], identity: PublicKey, on id: ConnectionID) {
        guard case .registering(var attempt) = connections[id]?.phase, var code = attempt.linkCode else { return }
        let notification = nextStanzaID()
        code.answerID = notification
        attempt.linkCode = code
        connections[id]?.phase = .registering(attempt)
        let children = [
            Node("link_code_pairing_wrapped_primary_ephemeral_pub", bytes: wrappedEphemeral),
            Node("primary_identity_pub", bytes: identity.bytes),
            Node("link_code_pairing_ref", bytes: code.reference),
        ]
        write(
            Node(
                "notification",
                ["from": .jid(.service), "type": "link_code_companion_reg", "id": .text(notification), "t": .text("\(now.seconds)")],
                [Node("link_code_companion_reg", ["stage": "primary_hello"], children)]), on: id)
    }

    private mutating func companionHello(
        _ content: Node, _ query: String, _ attempt: PairingAttempt, on id: ConnectionID
    ) throws(QueryError) {
        guard let jid = content.jid("jid"), jid.server == .phoneNumber, jid.device == 0 else { throw .badRequest }
        guard accounts[jid.user] != nil else { throw .notFound }
        guard let wrapped = content.child("link_code_pairing_wrapped_companion_ephemeral_pub")?.bytes, wrapped.count == 80,
            content.child("companion_server_auth_key_pub")?.bytes == attempt.registration.noiseKey,
            let platform = content.child("companion_platform_id")?.text, platform.count == 1, platform != "0",
            Self.isBrowserAndSystem(content.child("companion_platform_display")?.text),
            content.child("link_code_pairing_nonce") != nil, content.string("should_show_push_notification") != nil
        else { throw .badRequest }
        var waiting = attempt
        let code = LinkCodeAttempt(
            number: jid.user, reference: Random.bytes(24, using: &rng), wrappedEphemeral: wrapped,
            validUntil: now.adding(milliseconds: Self.linkCodeSeconds * 1_000))
        waiting.linkCode = code
        connections[id]?.phase = .registering(waiting)
        note(.phone, jid.user, "is asked for a code")
        let reference = Node("link_code_pairing_ref", bytes: code.reference)
        write(result(of: query, [Node("link_code_companion_reg", [:], [reference])]), on: id)
    }

    private mutating func companionFinish(
        _ content: Node, _ query: String, _ attempt: PairingAttempt, on id: ConnectionID
    ) throws(QueryError) {
        guard let code = attempt.linkCode, code.answerID != nil, content.jid("jid")?.user == code.number,
            content.child("link_code_pairing_ref")?.bytes == code.reference,
            content.child("companion_identity_public")?.bytes == attempt.registration.identity.bytes,
            let bundle = content.child("link_code_pairing_wrapped_key_bundle")?.bytes, bundle.count == Self.keyBundleLength
        else { throw .badRequest }
        write(result(of: query, []), on: id)
        mail(.keyBundle(bundle), to: code.number)
    }

    /// `Browser (OS)`; free text is refused.
    private static func isBrowserAndSystem(_ text: String?) -> Bool {
        guard let text, text.hasSuffix(")"), let bracket = text.firstIndex(of: "(") else { return false }
        let browser = text[..<bracket].lowercased()
        return ["chrome ", "edge ", "firefox ", "ie ", "opera ", "safari "].contains(browser)
            && text.distance(from: bracket, to: text.endIndex) > 2
    }
}
