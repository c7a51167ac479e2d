import CryptoPrimitives
import Model
import Signal
import WhatsApp

/// What a phone remembers between the typed code and the client's keys.
struct PhoneLinking: Sendable {
    let slot: Service.PairingSlot
    /// X25519 of both ephemeral keys.
    let shared: [UInt8]
}

/// The owner types a code into the phone. Source: protocol notes on pairing, section 6.
extension World {
    mutating func link(_ typed: String, by number: String, now: Timestamp) throws(ControlError) -> DeviceAddress {
        service.now = now
        let phone = try online(number)
        guard let code = LinkCode(typed: typed) else { throw .badRequest("a code has eight letters and digits, such as ABCD-EFGH") }
        guard let (id, attempt, waiting) = service.linkCodeAttempt(for: number) else {
            throw .conflict("no client waits for a code of \(number)")
        }
        do throws(Refusal) {
            let slot = try service.reserve(attempt, on: id, for: number)
            let ephemeral = KeyPair.generate(using: &service.rng)
            do {
                guard let clientKey = try code.unwrap(waiting.wrappedEphemeral) else { throw CryptoError.libraryFailure }
                let shared = try X25519.sharedSecret(privateKey: ephemeral.privateKey, publicKey: clientKey)
                linkings[number] = PhoneLinking(slot: slot, shared: shared)
                let wrapped = try code.wrap(
                    ephemeral.publicKey.bytes, salt: Random.bytes(32, using: &service.rng), iv: Random.bytes(16, using: &service.rng))
                service.outcomes[slot.device] = nil
                service.answerLinkCode(wrapped, identity: phone.identity.publicKey, on: id)
            } catch {
                throw .pairing("the client's key can not be used")
            }
            settle()
            return slot.device
        } catch {
            service.note(error, number)
            throw .conflict(error.reason)
        }
    }

    /// The client's keys have come: only the right code opens them.
    mutating func keyBundle(_ bundle: [UInt8], _ number: String) {
        guard let linking = linkings.removeValue(forKey: number), var phone = phones[number] else { return }
        do throws(Refusal) {
            let client = linking.slot.registration
            let secret = try Self.secret(bundle, linking, account: phone.identity, client: client.identity)
            let code = QRCode(ref: "", noiseKey: client.noiseKey, identity: client.identity.bytes, advSecret: secret, clientType: "1")
            let indexes = (service.accounts[number]?.devices.values.map(\.keyIndex) ?? []).sorted() + [linking.slot.keyIndex]
            let pairing = try phone.sign(
                code, keyIndex: linking.slot.keyIndex, validIndexes: indexes, now: service.now, using: &service.rng)
            phones[number] = phone
            service.presentPairing(pairing, in: linking.slot)
        } catch {
            service.outcomes[linking.slot.device] = .failed(error.reason)
            service.note(error, number)
        }
    }

    private static func secret(
        _ bundle: [UInt8], _ linking: PhoneLinking, account: KeyPair, client: PublicKey
    ) throws(Refusal) -> [UInt8] {
        let key = HKDF.sha256(
            linking.shared, salt: Array(bundle[..<32]), info: Array("link_code_pairing_key_bundle_encryption_key".utf8), length: 32)
        guard let opened = try? AESGCM.open(Array(bundle[44...]), key: key, nonce: Array(bundle[32..<44])), opened.count == 96 else {
            throw .pairing("wrong code")
        }
        guard Array(opened[..<32]) == client.bytes, Array(opened[32..<64]) == account.publicKey.bytes else {
            throw .pairing("the key bundle names other identities")
        }
        guard let identityShared = try? account.agree(with: client) else { throw .pairing("the client's identity can not be used") }
        return HKDF.sha256(linking.shared + identityShared + opened[64...], info: Array("adv_secret".utf8), length: 32)
    }
}
