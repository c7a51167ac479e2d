import Model

/// A group of the simulated service.
struct Group: Codable, Sendable {
    struct Member: Codable, Sendable, Equatable {
        /// Phone number.
        let number: String
        var role: Role
    }

    enum Role: String, Codable, Sendable {
        case member, admin, superadmin

        var isAdmin: Bool { self != .member }
    }

    /// What stands before `@g.us`.
    let id: String
    var subject: String
    let creator: String
    let createdAt: Timestamp
    var subjectAt: Timestamp
    var subjectBy: String
    /// In the order in which they came.
    var members: [Member]
    /// New groups use LIDs; older ones phone numbers, until the service moves them.
    var usesLIDs = true
    /// Only admins may write.
    var isAnnouncement = false
    /// Counts the changes of members; each names the one before it.
    var version: UInt64

    var jid: JID { JID(user: id, server: .group) }
    var addressing: String { usesLIDs ? "lid" : "pn" }

    func member(_ number: String) -> Member? { members.first { $0.number == number } }
}
