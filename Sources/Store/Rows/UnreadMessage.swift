/// A message that could not be read, in whose place the log has an empty row.
package struct UnreadMessage: Sendable, Equatable {
    /// Of its sender, as in `wa_retries`.
    package let device: String
    package let messageID: String
    package let contactID: Int64
    package let participantContactID: Int64?

    init(_ row: Row) throws(StoreError) {
        device = try row.text("device")
        messageID = try row.text("message_id")
        contactID = try row.integer("contact_id")
        participantContactID = try row.optionalInteger("participant_contact_id")
    }
}
