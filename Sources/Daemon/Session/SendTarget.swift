import Model
import Store
import WhatsApp

/// Where a message to a person goes.
struct SendTarget: Sendable {
    /// Bare; the LID where it is known.
    let address: JID
    /// The phone number of a LID, bare.
    let phoneNumber: JID?

    /// What the tables know of a recipient; nil where the service has to be asked.
    /// - Throws: ``SendFailure`` where nothing may be sent.
    static func known(for recipient: JID, own: OwnAddresses, in database: Database, session: Int64) throws -> SendTarget? {
        guard recipient.isPerson else { throw SendFailure.unsupportedRecipient }
        let address = ContactAddress(recipient)
        let contact = try database.contacts.find(address, session: session)
        if try database.optOuts.contains(address, session: session) { throw SendFailure.optedOut }
        if recipient.isLID {
            return SendTarget(address: recipient.bare, phoneNumber: contact?.phoneNumber.map { JID(user: $0, server: .phoneNumber) })
        }
        if own.includes(recipient), let lid = own.lid { return SendTarget(address: lid.bare, phoneNumber: own.phoneNumber.bare) }
        return contact?.lid.map { SendTarget(address: JID(user: $0, server: .lid), phoneNumber: recipient.bare) }
    }

    /// Whose devices get a copy. For the own account the phone number is the more reliable form; the service's answer is turned into LIDs.
    func users(_ own: OwnAddresses) -> [JID] {
        own.includes(address) ? [own.phoneNumber.bare] : [address, own.phoneNumber.bare]
    }

    /// All devices that get a copy: the recipient's and the own other ones.
    /// - Parameter lists: the devices of ``users(_:)``.
    /// - Throws: ``SendFailure/notOnWhatsApp``.
    func devices(_ lists: [JID: [UInt16]], own: OwnAddresses) throws -> [JID] {
        if !own.includes(address), lists[address]?.isEmpty != false { throw SendFailure.notOnWhatsApp }
        return users(own).flatMap { user in
            let base = own.includes(user) ? (own.lid?.bare ?? user) : user
            return (lists[user] ?? []).map { base.withDevice($0) }
        }.filter { !own.includes($0) || $0.device != own.phoneNumber.device }
    }
}
