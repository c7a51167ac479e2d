import CryptoPrimitives
import FoundationEssentials
import Model
import SwiftProtobuf
import WAProto
import WhatsApp

/// What the owner of a phone wants to send; exactly one of the kinds, and what may stand around it.
struct PhoneWords: Codable, Sendable {
    struct Location: Codable, Sendable {
        var latitude: Double
        var longitude: Double
        var name: String?
        var address: String?
        var live: Bool?
    }
    struct Card: Codable, Sendable {
        var name: String
        var phone: String
    }
    struct Poll: Codable, Sendable {
        var name: String
        var options: [String]
        var selectable: UInt32?
    }
    struct Vote: Codable, Sendable {
        var id: String
        var options: [String]
    }
    struct Reaction: Codable, Sendable {
        var id: String
        var emoji: String
    }
    struct Edit: Codable, Sendable {
        var id: String
        var text: String
    }
    struct Invite: Codable, Sendable {
        var group: String
        var name: String
        var code: String
    }

    var to: String
    var text: String?
    var location: Location?
    var contact: Card?
    var contacts: [Card]?
    var poll: Poll?
    var vote: Vote?
    var reaction: Reaction?
    var edit: Edit?
    /// Id of a message that is taken back.
    var delete: String?
    var invite: Invite?
    /// Seconds; the chat's messages disappear from now on, 0: they stay.
    var disappearing: UInt32?
    /// An encoded protobuf in hexadecimal digits, for what this simulation has no words for.
    var raw: String?
    /// Id of the message that is answered.
    var quote: String?
    /// Numbers of people who are named in the text.
    var mentions: [String]?
    var viewOnce: Bool?
    var forwarded: Bool?

    enum CodingKeys: String, CodingKey {
        case to, text, location, contact, contacts, poll, vote, reaction, edit, delete, invite, disappearing, raw, quote, mentions, forwarded
        case viewOnce = "view_once"
    }
}

extension PhoneWords {
    /// The content without anything around it; nil where it is about an earlier message.
    func content() throws(ControlError) -> WAMessage? {
        if let text {
            guard !text.isEmpty else { throw .badRequest("the text is empty") }
            return .text(text)
        }
        if let location { return Self.message(location) }
        if let contact { return .contact(ContactCard(name: contact.name, phoneNumber: contact.phone)) }
        var message = WAMessage()
        if let contacts {
            message.contactsArrayMessage.displayName = "\(contacts.count) contacts"
            message.contactsArrayMessage.contacts = contacts.map {
                WAMessage.contact(ContactCard(name: $0.name, phoneNumber: $0.phone)).contactMessage
            }
            return message
        }
        if let poll {
            message.pollCreationMessageV3.name = poll.name
            message.pollCreationMessageV3.options = poll.options.map { name in
                var option = WAPollCreationMessage.Option()
                option.optionName = name
                return option
            }
            message.pollCreationMessageV3.selectableOptionsCount = poll.selectable ?? 1
            return message
        }
        if let invite {
            message.groupInviteMessage.groupJid = invite.group
            message.groupInviteMessage.groupName = invite.name
            message.groupInviteMessage.inviteCode = invite.code
            return message
        }
        if let raw {
            guard let bytes = Hex.decode(raw), let decoded = try? WAMessage(serializedBytes: bytes) else { throw .badRequest("raw is no message") }
            return decoded
        }
        return nil
    }

    private static func message(_ location: Location) -> WAMessage {
        guard location.live == true else {
            return .location(
                Place(latitude: location.latitude, longitude: location.longitude, name: location.name, address: location.address))
        }
        var message = WAMessage()
        message.liveLocationMessage.degreesLatitude = location.latitude
        message.liveLocationMessage.degreesLongitude = location.longitude
        message.liveLocationMessage.sequenceNumber = 1
        return message
    }
}
