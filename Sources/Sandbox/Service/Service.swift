import Model
import WhatsApp

/// The simulated WhatsApp service: accounts, their devices, and every connection to them.
///
/// A value without sockets or clock. Bytes and moments go in through ``opened(now:)``, ``received(_:on:now:)``, ``closed(_:now:)`` and
/// ``tick(now:)``; afterwards the owner carries out ``takeActions()`` and hands ``takePhoneMail()`` to the phones.
struct Service: Sendable {
    /// What the phone (device 0) of an account gets to know.
    struct PhoneMail: Sendable {
        enum Content: Codable, Sendable {
            case stanza(Node)
            /// A device that this phone paired takes traffic for the first time.
            case firstActive(UInt16)
            /// Devices went; the signed key index list has to be made anew.
            case devicesRemoved
            /// Keys of a client that is linked by a code, encrypted for the phone.
            case keyBundle([UInt8])
        }

        let number: String
        let content: Content
    }

    let identity: ServiceIdentity
    var settings: ServiceSettings
    var rng: Randomness
    /// The moment of the event being handled.
    var now: Timestamp
    var journal = Journal()
    /// By phone number.
    var accounts: [String: Account] = [:]
    var numbersByLID: [String: String] = [:]
    var connections: [ConnectionID: ClientConnection] = [:]
    /// Where each device is connected at present.
    var online: [DeviceAddress: ConnectionID] = [:]
    var outcomes: [DeviceAddress: PairingOutcome] = [:]
    var ciphertexts = CiphertextLedger()
    var faults = Faults()
    var media = MediaHosts()
    /// Where files of its own lie; nil in unit tests.
    var vault: MediaVault?
    var senderKeys = SenderKeyLedger()
    /// By what stands before `@g.us`.
    var groups: [String: Group] = [:]
    /// By what stands before `@newsletter`.
    var channels: [String: Newsletter] = [:]
    private var actions: [ServiceAction] = []
    private var phoneMail: [PhoneMail] = []
    private var connectionCount = 0
    var stanzaCount: UInt64 = 0

    init(identity: ServiceIdentity, settings: ServiceSettings = ServiceSettings(), rng: Randomness, now: Timestamp) {
        self.identity = identity
        self.settings = settings
        self.rng = rng
        self.now = now
    }

    mutating func takeActions() -> [ServiceAction] {
        defer { actions = [] }
        return actions
    }

    mutating func takePhoneMail() -> [PhoneMail] {
        defer { phoneMail = [] }
        return phoneMail
    }

    mutating func act(_ action: ServiceAction) { actions.append(action) }

    mutating func mail(_ content: PhoneMail.Content, to number: String) {
        phoneMail.append(PhoneMail(number: number, content: content))
    }

    mutating func nextConnectionID() -> ConnectionID {
        connectionCount += 1
        return ConnectionID(value: connectionCount)
    }

    mutating func nextStanzaID() -> String {
        stanzaCount += 1
        return StanzaID.service(stanzaCount)
    }

    mutating func note(_ kind: Journal.Kind, _ who: some CustomStringConvertible, _ text: String) {
        journal.add(kind, who, text, now: now)
    }

    mutating func note(_ refusal: Refusal, _ who: some CustomStringConvertible) {
        note(.refused, who, refusal.description)
    }
}

extension Service {
    /// A linked device; setting nil removes it. What grows with its messages is changed in the account itself: here a copy goes out and in.
    subscript(address: DeviceAddress) -> LinkedDevice? {
        get { accounts[address.number]?.devices[address.device] }
        set { accounts[address.number]?.devices[address.device] = newValue }
    }

    /// The account that a JID of either kind names, whatever its device.
    func account(of jid: JID) -> Account? {
        switch jid.server {
        case .phoneNumber: accounts[jid.user]
        case .lid: numbersByLID[jid.user].flatMap { accounts[$0] }
        default: nil
        }
    }

    /// The existing device that a JID names; the device 0 of a bare JID is the phone.
    func device(of jid: JID) -> DeviceAddress? {
        guard let account = account(of: jid) else { return nil }
        guard jid.device == 0 || account.devices[jid.device] != nil else { return nil }
        return account.address(jid.device)
    }

    /// The LID form, in which devices are addressed on the wire.
    func lidJID(_ address: DeviceAddress) -> JID {
        JID(user: accounts[address.number]?.lid ?? address.number, server: .lid, device: address.device)
    }
}
