/// One message as the phone's screen shows it.
struct PhoneMessage: Sendable, Codable, Equatable {
    enum Status: String, Sendable, Codable {
        /// Own messages, forward only.
        case sent, delivered, read
        /// Other people's messages.
        case received
    }

    struct Receipt: Sendable, Codable, Equatable {
        /// The device that sent it, `96890000001:2`.
        var from: String
        /// `delivered`, `inactive`, `read`, `played` or another wire type.
        var type: String
        var time: String
    }

    /// Grows with every change of any message of this phone: ask for what comes after the highest one seen.
    var revision: Int
    var id: String
    /// The other side's number.
    var chat: String
    /// Number of the sender, and the device that sent it (0 is a phone).
    var from: String
    var fromDevice: UInt16
    var fromMe: Bool
    /// nil for everything that is no text; `kind` says what it was.
    var text: String?
    var kind: String
    /// UTC.
    var time: String
    var status: Status
    var receipts: [Receipt]
    var details: PhoneDetails? = nil
    /// The file that came with it, fetched and checked.
    var media: PhoneFile? = nil

    enum CodingKeys: String, CodingKey {
        case revision, id, chat, from, text, kind, time, status, receipts, details, media
        case fromDevice = "from_device"
        case fromMe = "from_me"
    }
}
