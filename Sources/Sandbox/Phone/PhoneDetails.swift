/// What a phone's screen shows of a message beyond its text.
struct PhoneDetails: Sendable, Codable, Equatable {
    var latitude: Double?
    var longitude: Double?
    var address: String?
    var vcards: [String]?
    /// The message that is answered, its text as it came along, and its author's number.
    var quote: String?
    var quotedText: String?
    var quotedFrom: String?
    /// Numbers.
    var mentions: [String]?
    /// Seconds.
    var expiration: UInt32?
    /// Options of a poll.
    var options: [String]?
    /// The page of a link.
    var title: String?
    /// The message that this one is about.
    var about: String?
    var isEdited: Bool?
    var isDeleted: Bool?
    /// By the number of who reacted.
    var reactions: [String: String]?
    /// By the number of who voted.
    var votes: [String: [String]]?
    var isViewOnce: Bool?

    enum CodingKeys: String, CodingKey {
        case latitude, longitude, address, vcards, quote, mentions, expiration, options, title, about, reactions, votes
        case quotedText = "quoted_text"
        case quotedFrom = "quoted_from"
        case isEdited = "edited"
        case isDeleted = "deleted"
        case isViewOnce = "view_once"
    }
}
