import FoundationEssentials
import Model
import SwiftProtobuf
import Testing
import WAProto

@testable import WhatsApp

/// What messages of ours look like on the wire.
@Suite struct OutgoingContentTests {
    private let group = JID(user: "120363000000000000", server: .group)
    private let lid = JID(user: "1000", server: .lid)

    @Test func cardsCannotBeBrokenOutOf() {
        let card = VCard.text(ContactCard(name: "A;B,C\\D\nTEL:666\r\u{0}", phoneNumber: "96899999999"))
        #expect(card.split(separator: "\n").count == 6)
        #expect(card.contains("FN:A\\;B\\,C\\\\D\\nTEL:666\n"))
        #expect(card.contains("TEL;type=CELL;type=VOICE;waid=96899999999:+96899999999\n"))
        let read = VCard.read(card, displayName: "")
        #expect(read.name == "A;B,C\\D\nTEL:666")
        #expect(read.phones == ["+96899999999"])
    }

    @Test(arguments: [
        "", ":", "TEL", "TEL:", "TEL;waid=:", "FN", " \n \n", "item1.TEL;waid=5", String(repeating: "TEL:1\n", count: 100_000),
        "FN:" + String(repeating: "x", count: 1_000_000), String(repeating: "\n ", count: 50_000), "FN:\\", "TEL;waid=١٢٣:٤٥٦",
    ])
    func hostileCards(_ text: String) {
        let card = VCard.read(text, displayName: "")
        #expect(card.phones.count <= 20)
        #expect(card.name.count <= 256)
    }

    @Test func cardsOfPhonesAreRead() {
        let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Doe;John;;;\r\nFN:John\r\n  Doe\r\nitem1.TEL;waid=96899999999:+968 9999 9999\r\nitem1.X-ABLabel:Mobile\r\nTEL;TYPE=work:+1 (555) 0100\r\nEND:VCARD"
        #expect(VCard.read(text, displayName: "") == MessageDetails.Card(name: "John Doe", phones: ["+96899999999", "+1 (555) 0100"]))
    }

    @Test func quotesCarryNeitherContextNorSecret() throws {
        var quoted = WAMessage.text("before")
        quoted.messageContextInfo.messageSecret = Data([1, 2, 3])
        var earlier = MessageContext()
        earlier.quote = .init(messageID: "A", sender: lid, message: .text("first"))
        quoted.apply(earlier)
        #expect(quoted.extendedTextMessage.contextInfo.stanzaID == "A")
        var context = MessageContext()
        context.quote = .init(messageID: "B", sender: lid.withDevice(3), message: quoted)
        var answer = WAMessage.text("after")
        answer.apply(context)
        let info = answer.extendedTextMessage.contextInfo
        #expect(info.stanzaID == "B" && info.participant == "1000@lid" && !info.hasRemoteJid)
        #expect(info.quotedMessage.extendedTextMessage.text == "before")
        #expect(!info.quotedMessage.extendedTextMessage.hasContextInfo && !info.quotedMessage.hasMessageContextInfo)
    }

    @Test func namesAreWrittenAsTheChatAddressesThem() {
        var context = MessageContext()
        context.mentions = [.init(written: "96890000001", jid: lid)]
        var message = WAMessage.text("@96890000001, not @968900000012 nor 96890000001; @96890000001")
        message.apply(context)
        #expect(message.extendedTextMessage.text == "@1000, not @968900000012 nor 96890000001; @1000")
        #expect(message.extendedTextMessage.contextInfo.mentionedJid == ["1000@lid"])
    }

    @Test func disappearingTextsAreExtendedOnes() {
        var context = MessageContext()
        var plain = WAMessage.text("stays")
        plain.apply(context)
        #expect(plain.conversation == "stays")
        context.expirationSeconds = 86_400
        context.expirationSetAt = 1_700_000_000
        for message in [WAMessage.text("a"), .location(Place(latitude: 1, longitude: 2)), .contact(ContactCard(name: "A", phoneNumber: "96899999999"))] {
            var message = message
            message.apply(context)
            #expect(message.contextInfo?.expiration == 86_400)
            #expect(message.contextInfo?.ephemeralSettingTimestamp == 1_700_000_000)
            #expect(!message.hasConversation)
        }
    }

    @Test func kindsOnTheStanza() {
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        let own = MessageTarget(chat: group, messageID: "A", sender: nil)
        let theirs = MessageTarget(chat: group, messageID: "A", sender: lid)
        #expect(WAMessage.location(Place(latitude: 1, longitude: 2)).stanzaKind == MessageStanzaKind(type: "media", mediaType: "location"))
        #expect(WAMessage.contact(ContactCard(name: "A", phoneNumber: "96899999999")).stanzaKind.mediaType == "vcard")
        let reaction = WAMessage.change(.reaction("👍"), of: theirs, at: now)
        #expect(reaction.stanzaKind.type == "reaction" && reaction.stanzaKind.edit == nil && reaction.stanzaKind.hidesFailure)
        #expect(reaction.reactionMessage.key.participant == "1000@lid" && !reaction.reactionMessage.key.fromMe)
        #expect(WAMessage.change(.reaction(""), of: own, at: now).stanzaKind.edit == "7")
        let edit = WAMessage.change(.edit("new"), of: own, at: now)
        #expect(edit.stanzaKind.type == "text" && edit.stanzaKind.edit == "1" && edit.stanzaKind.hidesFailure)
        let deletion = WAMessage.change(.deletion, of: own, at: now)
        #expect(deletion.stanzaKind.edit == "7" && !deletion.stanzaKind.hidesFailure)
        #expect(WAMessage.change(.deletion, of: theirs, at: now).stanzaKind.edit == "8")
        var poll = WAMessage()
        poll.pollCreationMessageV3.name = "?"
        #expect(poll.stanzaKind.meta == ["polltype": "creation"])
    }

    @Test func changesHaveNoSecretOfTheirOwn() throws {
        let target = MessageTarget(chat: lid, messageID: "A", sender: nil)
        let change = WAMessage.change(.reaction("👍"), of: target, at: Timestamp(milliseconds: 0))
        let plain = try MessagePlaintexts(change, destination: lid, secret: [UInt8](repeating: 1, count: 32)).forRecipient
        #expect(try !WAMessage(serializedBytes: plain).hasMessageContextInfo)
    }
}
