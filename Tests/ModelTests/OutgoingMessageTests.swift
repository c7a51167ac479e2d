import Testing

@testable import Model

@Suite struct OutgoingMessageTests {
    private func message(_ json: String, textual: Bool = false) throws -> OutgoingMessage {
        guard case .object(let members) = try JSONParser.parse(json) else { throw FieldError("test", .wrongType, expected: "object") }
        return try OutgoingMessage(.text, fields: Fields(members, textual: textual))
    }

    private func problem(_ json: String) -> (field: String, problem: FieldError.Problem)? {
        do { _ = try message(json) } catch let error as FieldError { return (error.field, error.problem) } catch {}
        return nil
    }

    @Test func numbersAndJIDs() throws {
        #expect(try message(#"{"to":96891234567,"message":"a"}"#).recipient.description == "96891234567@s.whatsapp.net")
        for jid in ["96891234567@s.whatsapp.net", "123456789-987654@g.us", "120363000000000000@g.us", "123456789012345@lid"] {
            #expect(try message(#"{"to":"\#(jid)","message":"a"}"#).recipient.description == jid)
        }
        #expect(try message(#"{"to":"96891234567:7@s.whatsapp.net","message":"a"}"#).recipient.device == 0)
    }

    @Test(arguments: [
        (#"{"message":"a"}"#, "to", FieldError.Problem.missing), (#"{"to":null,"message":"a"}"#, "to", .missing),
        (#"{"to":"","message":"a"}"#, "to", .empty), (#"{"to":["1"],"message":"a"}"#, "to", .wrongType),
        (#"{"to":1.5,"message":"a"}"#, "to", .wrongType), (#"{"to":true,"message":"a"}"#, "to", .wrongType),
        (#"{"to":"12345","message":"a"}"#, "to", .badValue), (#"{"to":-96891234567,"message":"a"}"#, "to", .badValue),
        (#"{"to":"a@b.c","message":"a"}"#, "to", .badValue), (#"{"to":"@s.whatsapp.net","message":"a"}"#, "to", .badValue),
        (#"{"to":"status@broadcast","message":"a"}"#, "to", .badValue), (#"{"to":"x@g.us","message":"a"}"#, "to", .badValue),
        (#"{"to":"96891234567"}"#, "message", .missing), (#"{"to":"96891234567","message":" \n"}"#, "message", .empty),
        (#"{"to":"96891234567","message":5}"#, "message", .wrongType), (#"{"to":"96891234567","message":"a\u0000"}"#, "message", .badValue),
    ])
    func refused(_ json: String, _ field: String, _ expected: FieldError.Problem) throws {
        let found = try #require(problem(json))
        #expect(found.field == field)
        #expect(found.problem == expected)
    }

    @Test func textLimitCountsScalars() throws {
        let fits = String(repeating: "😀", count: Limits.textCharacters)
        #expect(try OutgoingMessage(.text, fields: Fields([JSONMember("message", .string(fits))]), to: "96891234567").summary == fits)
        let error = #expect(throws: FieldError.self) {
            try OutgoingMessage(.text, fields: Fields([JSONMember("message", .string(fits + "x"))]), to: "96891234567")
        }
        #expect(error?.problem == .tooLong(limit: 65_536, unit: "characters"))
    }

    @Test func payloadIsReadBack() throws {
        let message = try message(#"{"to":"+968 9123 4567","message":"ok","unknown":{"a":[1]}}"#)
        guard case .object(let members) = message.payload else { throw FieldError("payload", .wrongType, expected: "object") }
        #expect(try OutgoingMessage(.text, fields: Fields(members), to: message.recipient.description) == message)
    }

    @Test func digestKnowsContentNotSpelling() throws {
        let first = IdempotencyKey.digest(of: try message(#"{"to":"+968 9123 4567","message":"ok"}"#))
        #expect(first.utf8.count == 64)
        #expect(first == IdempotencyKey.digest(of: try message(#"{"message":"ok","to":96891234567,"x":1}"#)))
        #expect(first != IdempotencyKey.digest(of: try message(#"{"message":"ok.","to":96891234567}"#)))
        #expect(first != IdempotencyKey.digest(of: try message(#"{"message":"ok","to":96891234568}"#)))
    }

    @Test func idempotencyKeys() {
        #expect(IdempotencyKey(" order-42 ")?.text == "order-42")
        #expect(IdempotencyKey("") == nil)
        #expect(IdempotencyKey("   ") == nil)
        #expect(IdempotencyKey("ä") == nil)
        #expect(IdempotencyKey(String(repeating: "a", count: 128)) != nil)
        #expect(IdempotencyKey(String(repeating: "a", count: 129)) == nil)
    }

    @Test func permissionsFromTypedText() {
        #expect(PermissionSet(parsing: "*").contains(.webhooksManage))
        let some = PermissionSet(parsing: "messages:send, Session:Read messages:sendx")
        #expect(some.contains(.messagesSend) && some.contains(.sessionRead) && !some.contains(.messagesRead))
        #expect(!PermissionSet(parsing: "").contains(.sessionRead))
    }

    @Test func formsMayWriteNumbersAsText() throws {
        let members = [JSONMember("n", "5"), JSONMember("f", "true"), JSONMember("e", "")]
        let form = Fields(members, textual: true)
        #expect(try form.optionalInteger("n", in: 1...9) == 5)
        #expect(try form.optionalInteger("e", in: 1...9) == nil)
        #expect(try form.optionalFlag("f") == true)
        #expect(throws: FieldError.self) { try form.optionalInteger("n", in: 6...9) }
        #expect(throws: FieldError.self) { try Fields(members).optionalInteger("n", in: 1...9) }
        #expect(throws: FieldError.self) { try Fields(members).optionalFlag("f") }
    }
}
