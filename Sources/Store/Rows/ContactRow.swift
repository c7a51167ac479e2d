package import Model

/// A row of `wa_contacts`: a person, group, list or channel.
package struct ContactRow: Sendable, Equatable {
    package let id: Int64
    package let sessionID: Int64
    /// The name to show: from the address book, else the one the person chose.
    package let name: String?
    /// Digits.
    package let phoneNumber: String?
    /// Digits.
    package let lid: String?
    package let groupJID: String?
    package let pushName: String?
    package let savedName: String?
    package let isGroup: Bool
    package let messageCount: Int
    package let lastMessageAt: Timestamp?
    package let createdAt: Timestamp

    /// The chat's address as the API gives it: by phone number whenever it is known, else by LID.
    package var jid: String {
        groupJID ?? phoneNumber.map { "\($0)@\(JID.Server.phoneNumber.rawValue)" } ?? lid.map { "\($0)@\(JID.Server.lid.rawValue)" } ?? ""
    }

    static let columns = """
        id, session_id, name, phone_number, lid, group_jid, push_name, saved_name, is_group, message_count, last_message_at, created_at
        """

    init(_ row: Row) throws(StoreError) {
        id = try row.integer("id")
        sessionID = try row.integer("session_id")
        name = try row.optionalText("name")
        phoneNumber = try row.optionalText("phone_number")
        lid = try row.optionalText("lid")
        groupJID = try row.optionalText("group_jid")
        pushName = try row.optionalText("push_name")
        savedName = try row.optionalText("saved_name")
        isGroup = try row.flag("is_group")
        messageCount = try row.integer("message_count", as: Int.self)
        lastMessageAt = try row.optionalMoment("last_message_at")
        createdAt = try row.moment("created_at")
    }
}
