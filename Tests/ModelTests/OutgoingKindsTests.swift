import Testing

@testable import Model

/// Locations, contact cards, quotes, mentions and changes of earlier messages, as requests write them.
@Suite struct OutgoingKindsTests {
    private func message(_ kind: MessageType, _ json: String, textual: Bool = false) throws -> OutgoingMessage {
        guard case .object(let members) = try JSONParser.parse(json) else { throw FieldError("test", .wrongType, expected: "object") }
        return try OutgoingMessage(kind, fields: Fields(members, textual: textual), to: "96891234567")
    }

    private func field(_ kind: MessageType, _ json: String) -> String? {
        do { _ = try message(kind, json) } catch let error as FieldError { return error.field } catch {}
        return nil
    }

    @Test func aLocationAsTheReferenceWritesIt() throws {
        let place = try message(.location, #"{"latitude":23.5880,"longitude":58.3829,"name":"Muscat, Oman","address":"Muscat, Oman"}"#)
        #expect(place.summary == "23.588,58.3829 Muscat, Oman")
        #expect(place.kind == .location)
        #expect(try message(.location, #"{"latitude":0,"longitude":-180,"name":""}"#).summary == "0,-180")
        #expect(try message(.location, #"{"latitude":"23.5","longitude":"-58"}"#, textual: true).summary == "23.5,-58")
    }

    @Test(arguments: [
        (#"{"longitude":1}"#, "latitude"), (#"{"latitude":90.01,"longitude":1}"#, "latitude"), (#"{"latitude":"1","longitude":1}"#, "latitude"),
        (#"{"latitude":1,"longitude":-180.5}"#, "longitude"), (#"{"latitude":1,"longitude":null}"#, "longitude"),
        (#"{"latitude":1,"longitude":1e300}"#, "longitude"), (#"{"latitude":1,"longitude":1,"name":5}"#, "name"),
        (#"{"latitude":1,"longitude":1,"address":"\#(String(repeating: "x", count: 1_025))"}"#, "address"),
    ])
    func refusedLocations(_ json: String, _ name: String) { #expect(field(.location, json) == name) }

    @Test func aContactAsTheReferenceWritesIt() throws {
        let card = try message(.contact, #"{"contactName":"John Doe","contactPhone":"+96899999999"}"#)
        #expect(card.summary == "John Doe")
        #expect(card.content == .contact(ContactCard(name: "John Doe", phoneNumber: "96899999999")))
    }

    @Test(arguments: [
        (#"{"contactPhone":"+96899999999"}"#, "contactName"), (#"{"contactName":" ","contactPhone":"+96899999999"}"#, "contactName"),
        (#"{"contactName":"A\nTEL:1","contactPhone":"+96899999999"}"#, "contactName"),
        (#"{"contactName":"A\u2028B","contactPhone":"+96899999999"}"#, "contactName"), (#"{"contactName":"A"}"#, "contactPhone"),
        (#"{"contactName":"A","contactPhone":"12"}"#, "contactPhone"), (#"{"contactName":"A","contactPhone":"1-2@g.us"}"#, "contactPhone"),
        (#"{"contactName":"A","contactPhone":"968\r\nX:1"}"#, "contactPhone"),
    ])
    func refusedContacts(_ json: String, _ name: String) { #expect(field(.contact, json) == name) }

    @Test func quotesAndMentions() throws {
        let text = try message(.text, #"{"message":"@96890000001 hi","quoted_message_id":"3EB0AA","mentions":["+968 9000 0001",96890000001,"5@lid"]}"#)
        #expect(text.references.quotedMessageID == "3EB0AA")
        #expect(text.references.mentions.map(\.description) == ["96890000001@s.whatsapp.net", "5@lid"])
        #expect(try message(.text, #"{"message":"a","mentions":"96890000001,96890000002"}"#, textual: true).references.mentions.count == 2)
    }

    @Test(arguments: [
        (#"{"message":"a","quoted_message_id":"a b"}"#, "quoted_message_id"), (#"{"message":"a","quoted_message_id":7}"#, "quoted_message_id"),
        (#"{"message":"a","quoted_message_id":"\#(String(repeating: "x", count: 129))"}"#, "quoted_message_id"),
        (#"{"message":"a","mentions":["1-2@g.us"]}"#, "mentions"), (#"{"message":"a","mentions":{}}"#, "mentions"),
        (#"{"message":"a","mentions":[[]]}"#, "mentions"),
    ])
    func refusedReferences(_ json: String, _ name: String) { #expect(field(.text, json) == name) }

    @Test func changesOfEarlierMessages() throws {
        #expect(try message(.reaction, #"{"message_id":"3EB0AA","emoji":"👩‍👩‍👧‍👦"}"#).content == .change(.reaction("👩‍👩‍👧‍👦"), of: "3EB0AA"))
        #expect(try message(.reaction, #"{"message_id":"3EB0AA","emoji":""}"#).summary == nil)
        #expect(try message(.text, #"{"message":"new","edit_message_id":"3EB0AA"}"#).content == .change(.edit("new"), of: "3EB0AA"))
        #expect(try message(.other, #"{"delete_message_id":"3EB0AA"}"#).content == .change(.deletion, of: "3EB0AA"))
        #expect(field(.reaction, #"{"message_id":"3EB0AA","emoji":"ab"}"#) == "emoji")
        #expect(field(.reaction, #"{"emoji":"a"}"#) == "message_id")
        #expect(field(.other, "{}") == "kind")
        #expect(field(.sticker, "{}") == "kind")
    }

    @Test func everyKindIsReadBackFromItsPayload() throws {
        let samples: [(MessageType, String)] = [
            (.location, #"{"latitude":-0.5,"longitude":120,"address":"x"}"#), (.contact, #"{"contactName":"Ä; B","contactPhone":96899999999}"#),
            (.text, #"{"message":"a","mentions":["5@lid"],"quoted_message_id":"X"}"#), (.reaction, #"{"message_id":"X","emoji":"👍🏽"}"#),
            (.text, #"{"message":"a","edit_message_id":"X"}"#), (.other, #"{"delete_message_id":"X"}"#),
        ]
        for (kind, json) in samples {
            let first = try message(kind, json)
            #expect(try message(first.kind, CanonicalJSON.text(first.payload)) == first)
        }
    }

    @Test func detailsStandBehindTheReferencesFields() throws {
        let details = try message(.text, #"{"message":"new","edit_message_id":"3EB0AA"}"#).details
        #expect(details.text == #"{"edited_message_id":"3EB0AA"}"#)
        #expect(MessageDetails.members(of: details.text) == details.members)
        #expect(MessageDetails.members(of: "[1]").isEmpty && MessageDetails.members(of: "{").isEmpty)
        #expect(MessageDetails().text == nil)
    }
}
