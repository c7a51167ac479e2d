import Model
import Signal

@testable import WhatsApp

/// Somebody's phone in memory: enough to be written to and to write.
struct ScriptedPeer: SignalStore {
    static let number = JID(user: "96890000002", server: .phoneNumber)

    let localIdentity: KeyPair
    let localRegistrationID: UInt32 = 4_711
    private let signed: SignedPreKey
    private var records: [SignalAddress: SessionRecord] = [:]
    private var identities: [SignalAddress: PublicKey] = [:]

    init() {
        var random = SystemRandomNumberGenerator()
        localIdentity = .generate(using: &random)
        signed = .generate(id: 9, identity: localIdentity, using: &random)
    }

    /// Its keys as the service hands them out: no one-time key left, no proof of the device.
    func keys(of jid: JID) -> Node {
        Node(
            "user", ["jid": .jid(jid)],
            [
                Node("registration", bytes: KeyBytes.four(localRegistrationID)), Node("type", bytes: [5]),
                Node("identity", bytes: localIdentity.publicKey.bytes), PreKeyStanza.node(of: signed),
            ])
    }

    /// What the text message inside of an `<enc>` says.
    mutating func read(_ part: Node, from sender: JID) throws -> MessageContent {
        var random = SystemRandomNumberGenerator()
        let type = part.string("type").flatMap(CiphertextType.init(rawValue:)) ?? .message
        let padded = try SessionCipher.decrypt(
            Ciphertext(type: type, bytes: part.bytes ?? []), from: SignalAddress(sender), in: &self, using: &random)
        return try MessageContent(try MessagePadding.unpad(padded.plaintext), isFromMe: false, isFromOwnPhone: false)
    }

    /// An `<enc>` for the client, without the version that goes without saying.
    mutating func write(_ text: String, to device: JID) throws -> Node {
        var random = SystemRandomNumberGenerator()
        let plain = try MessagePlaintexts.text(text, destination: device.bare, secret: [UInt8](repeating: 1, count: 32))
        let sealed = try SessionCipher.encrypt(MessagePadding.pad(plain.forRecipient, using: &random), to: SignalAddress(device), in: &self)
        return Node("enc", ["type": .text(sealed.type.rawValue)], bytes: sealed.bytes)
    }

    func sessionRecord(for address: SignalAddress) -> SessionRecord? { records[address] }
    mutating func saveSessionRecord(_ record: SessionRecord, for address: SignalAddress) { records[address] = record }
    func identity(for address: SignalAddress) -> PublicKey? { identities[address] }
    mutating func saveIdentity(_ key: PublicKey, for address: SignalAddress) { identities[address] = key }
    func preKey(id: UInt32) -> PreKey? { nil }
    mutating func removePreKey(id: UInt32) {}
    func signedPreKey(id: UInt32) -> SignedPreKey? { id == signed.id ? signed : nil }
}
