package import Model

/// A row of `wa_sessions`: one WhatsApp number and where it stands.
package struct SessionRow: Sendable, Equatable {
    package let id: Int64
    package let name: String
    package let status: SessionStatus
    /// Why it is not connected; text that is none of our reasons (typed by hand) reads as nil.
    package let reason: SessionReason?
    package let wanted: SessionWish
    /// Own JID by phone number and by LID, both with device; nil until paired.
    package let jid: JID?
    package let lid: JID?
    package let phoneNumber: String?
    package let pushName: String?
    package let businessName: String?
    package let platform: String?
    package let connectedAt: Timestamp?
    package let lastSeenAt: Timestamp?
    package let qr: String?
    package let qrExpiresAt: Timestamp?
    /// Digits for which the owner asked for a pairing code instead of a QR.
    package let pairingPhone: String?
    package let pairingCode: String?
    package let leaseOwner: String?
    package let leaseExpiresAt: Timestamp?
    package let fence: Int64
    package let generation: Int64
    package let createdAt: Timestamp

    static let columns = """
        id, name, status, reason, wanted, jid, lid, phone_number, push_name, business_name, platform, connected_at, last_seen_at, qr, \
        qr_expires_at, pairing_phone, pairing_code, lease_owner, lease_expires_at, fence, generation, created_at
        """

    init(_ row: Row) throws(StoreError) {
        id = try row.integer("id")
        name = try row.text("name")
        status = try row.word("status", as: SessionStatus.self)
        reason = try row.optionalText("reason").flatMap(SessionReason.init(rawValue:))
        wanted = try row.word("wanted", as: SessionWish.self)
        jid = try row.optionalText("jid").flatMap { JID(parsing: $0) }
        lid = try row.optionalText("lid").flatMap { JID(parsing: $0) }
        phoneNumber = try row.optionalText("phone_number")
        pushName = try row.optionalText("push_name")
        businessName = try row.optionalText("business_name")
        platform = try row.optionalText("platform")
        connectedAt = try row.optionalMoment("connected_at")
        lastSeenAt = try row.optionalMoment("last_seen_at")
        qr = try row.optionalText("qr")
        qrExpiresAt = try row.optionalMoment("qr_expires_at")
        pairingPhone = try row.optionalText("pairing_phone")
        pairingCode = try row.optionalText("pairing_code")
        leaseOwner = try row.optionalText("lease_owner")
        leaseExpiresAt = try row.optionalMoment("lease_expires_at")
        fence = try row.integer("fence")
        generation = try row.integer("generation")
        createdAt = try row.moment("created_at")
    }
}
