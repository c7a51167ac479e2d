import Model
import Signal
import Store
import WhatsApp

/// A phone number and a LID that prove to be one person: the one place where what is kept under both becomes one.
struct KnownPair {
    let number: JID
    let lid: JID

    /// Contacts with their messages are merged, ratchets and keys move to the LID: no device may have two ratchets.
    /// - Returns: the contact.
    @discardableResult
    func learn(in database: Database, session: Int64) throws -> Int64 {
        let id = try database.contacts.resolve(ContactAddress(number.bare, other: lid.bare), session: session)
        try database.signal.moveSessions(
            fromUser: SignalAddress(number.bare).name, toUser: SignalAddress(lid.bare).name, session: session)
        return id
    }

    /// The contact of a person, of whom one address is known or both.
    static func contact(_ jid: JID, other: JID?, in database: Database, session: Int64) throws -> Int64 {
        guard let other, other.isLID != jid.isLID else { return try database.contacts.resolve(ContactAddress(jid), session: session) }
        return try KnownPair(number: jid.isLID ? other : jid, lid: jid.isLID ? jid : other).learn(in: database, session: session)
    }
}
