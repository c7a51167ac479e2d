import Model

/// A channel of the simulated service (a newsletter, as the wire says): its owner writes, others follow, nothing is encrypted.
struct Newsletter: Codable, Sendable {
    /// What stands before `@newsletter`.
    let id: String
    let name: String
    /// Phone number.
    let owner: String
    /// Phone numbers.
    let followers: [String]
    /// Posts are numbered.
    var postCount = 0

    var jid: JID { JID(user: id, server: .newsletter) }
}
