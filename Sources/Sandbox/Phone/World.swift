import Model
import WhatsApp

/// The service and all phones: the whole simulation as one value.
///
/// Every event goes in here; afterwards the owner carries out ``takeActions()``.
struct World: Sendable {
    var service: Service
    /// By number.
    var phones: [String: Phone] = [:]
    /// Phones whose owner has typed a code, until the client's keys come.
    var linkings: [String: PhoneLinking] = [:]
    /// Ids of automatic answers, which are never answered automatically: two such phones would talk for ever.
    var automatic: Set<String> = []

    /// The files at the media hosts.
    let vault: MediaVault

    init(service: Service, vault: MediaVault = .temporary()) {
        self.service = service
        self.vault = vault
        self.service.vault = vault
    }

    /// Rounds of mail after one event; more can only be two parties in a loop.
    private static let roundLimit = 10_000

    mutating func opened(now: Timestamp) -> ConnectionID { service.opened(now: now) }

    mutating func received(_ bytes: [UInt8], on id: ConnectionID, now: Timestamp) {
        service.received(bytes, on: id, now: now)
        settle()
    }

    mutating func closed(_ id: ConnectionID, now: Timestamp) {
        service.closed(id, now: now)
        settle()
    }

    mutating func tick(now: Timestamp) {
        service.tick(now: now)
        settle()
    }

    mutating func takeActions() -> [ServiceAction] { service.takeActions() }

    subscript(number: String) -> Phone? {
        get { phones[number] }
        set { phones[number] = newValue }
    }

    /// A phone to be changed and put back: taken out, since a change of what the world holds as well copies all messages.
    mutating func taken(_ number: String) -> Phone? { phones.removeValue(forKey: number) }

    /// Lets the phones read their mail, and what that leads to, until all is quiet.
    mutating func settle() {
        for _ in 0..<Self.roundLimit {
            let mail = service.takePhoneMail()
            if mail.isEmpty { return }
            for letter in mail {
                guard phones[letter.number]?.isOnline == true else {
                    phones[letter.number]?.waiting.append(letter.content)
                    if let count = phones[letter.number]?.waiting.count, count > service.settings.queueLimit {
                        phones[letter.number]?.waiting.removeFirst()
                    }
                    continue
                }
                handle(letter.content, number: letter.number)
            }
        }
    }

    private mutating func handle(_ content: Service.PhoneMail.Content, number: String) {
        switch content {
        case .stanza(let stanza) where stanza.tag == "message": message(stanza, number)
        case .stanza(let stanza) where stanza.string("type") == "server-error": mediaLost(stanza, number)
        case .stanza(let stanza) where stanza.tag == "receipt": receipt(stanza, number)
        case .stanza(let stanza) where stanza.tag == "call": callRejected(stanza, number)
        case .stanza(let stanza) where stanza.tag == "notification": settingsChanged(stanza, number)
        case .stanza(let stanza) where stanza.tag == "chatstate": typing(stanza, number)
        case .stanza: break
        case .firstActive(let device): greet(device, number)
        case .devicesRemoved: signKeyIndexList(number)
        case .keyBundle(let bundle): keyBundle(bundle, number)
        }
    }
}
