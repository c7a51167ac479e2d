import Foundation
import Model
import Testing
import WAProto

@testable import WhatsApp

private func shown(_ message: WAMessage, fromMe: Bool = false, phone: Bool = false) -> (MessageType, String?)? {
    if case .shown(let type, let text) = MessageContent(message, isFromMe: fromMe, isFromOwnPhone: phone).kind { (type, text) } else { nil }
}

private func ignored(_ message: WAMessage, fromMe: Bool = false, phone: Bool = false) -> Bool {
    if case .ignored = MessageContent(message, isFromMe: fromMe, isFromOwnPhone: phone).kind { true } else { false }
}

@Suite struct MessageContentTests {
    @Test func everyKindWithItsText() throws {
        let cases: [(MessageType, String?, (inout WAMessage) -> Void)] = [
            (.text, "hi", { $0.conversation = "hi" }),
            (.text, "long", { $0.extendedTextMessage.text = "long" }),
            (.image, "cap", { $0.imageMessage.caption = "cap" }),
            (.video, nil, { $0.videoMessage.seconds = 1 }),
            (.audio, nil, { $0.audioMessage.ptt = true }),
            (.document, "a.pdf", { $0.documentMessage.fileName = "a.pdf" }),
            (.sticker, nil, { $0.stickerMessage.width = 1 }),
            (
                .location, "23.5,58.25 Muscat",
                {
                    $0.locationMessage.degreesLatitude = 23.5
                    $0.locationMessage.degreesLongitude = 58.25
                    $0.locationMessage.name = "Muscat"
                }
            ),
            (.contact, "Amal", { $0.contactMessage.displayName = "Amal" }),
            (.poll, "Tea?", { $0.pollCreationMessageV3.name = "Tea?" }),
            (.document, "doc", { $0.documentWithCaptionMessage.message.documentMessage.caption = "doc" }),
            (.text, "gone soon", { $0.ephemeralMessage.message.viewOnceMessage.message.conversation = "gone soon" }),
            (.other, nil, { _ in }),
        ]
        for (type, text, fill) in cases {
            var message = WAMessage()
            fill(&message)
            let found = try #require(shown(message))
            #expect(found.0 == type)
            #expect(found.1 == text)
        }
    }

    @Test func endlessWrappingIsCut() throws {
        var message = WAMessage()
        message.conversation = "deep"
        for _ in 0..<20 {
            var outer = WAMessage()
            outer.ephemeralMessage.message = message
            message = outer
        }
        #expect(try #require(shown(message)).0 == .other)
    }

    @Test func onlyOwnDevicesSpeakForUs() throws {
        var message = WAMessage()
        message.deviceSentMessage.destinationJid = "2002@lid"
        message.deviceSentMessage.message.conversation = "mine"
        let content = MessageContent(message, isFromMe: true, isFromOwnPhone: true)
        #expect(content.destination == JID(user: "2002", server: .lid))
        #expect(try #require(shown(message, fromMe: true)).1 == "mine")
        #expect(ignored(message))
    }

    @Test func ordersOfStrangersAreIgnored() {
        var history = WAMessage()
        history.protocolMessage.type = .historySyncNotification
        history.protocolMessage.historySyncNotification.syncType = .recent
        #expect(ignored(history))
        #expect(ignored(history, fromMe: true))
        history.protocolMessage.historySyncNotification.initialHistBootstrapInlinePayload = Data([1])
        guard case .peer(.history(let notice)) = MessageContent(history, isFromMe: true, isFromOwnPhone: true).kind else {
            Issue.record("the own phone's history was not recognised")
            return
        }
        #expect(notice.place == .inline([1]) && (try? HistoryNotice(notice.bytes)) == notice)
    }

    @Test func keysForGroupsShowNothing() {
        var message = WAMessage()
        message.senderKeyDistributionMessage.groupID = "1@g.us"
        guard case .groupKeyOnly = MessageContent(message, isFromMe: false, isFromOwnPhone: false).kind else {
            Issue.record("shown as something else")
            return
        }
        message.conversation = "with text"
        #expect(shown(message)?.1 == "with text")
    }

    @Test func editsNameTheMessageAndTheNewText() throws {
        var message = WAMessage()
        message.editedMessage.message.protocolMessage.type = .messageEdit
        message.editedMessage.message.protocolMessage.editedMessage.conversation = "better"
        // About nothing.
        #expect(ignored(message))
        message.editedMessage.message.protocolMessage.key.id = "A1"
        guard case .change(.edit(.text, "better", let target)) = MessageContent(message, isFromMe: false, isFromOwnPhone: false).kind else {
            Issue.record("no edit")
            return
        }
        #expect(target.messageID == "A1")
    }

    @Test func garbageIsAnError() {
        #expect(throws: StanzaError.malformedProtobuf) { try MessageContent([0xFF, 0xFF, 1], isFromMe: false, isFromOwnPhone: false) }
    }

    @Test func plaintextsOfOurs() throws {
        let destination = JID(user: "2002", server: .lid)
        let secret = [UInt8](repeating: 3, count: 32)
        let made = try MessagePlaintexts.text("Ünïcode 🌍", destination: destination.withDevice(4), secret: secret)
        let received = try MessageContent(made.forRecipient, isFromMe: false, isFromOwnPhone: false)
        #expect(received.secret == secret)
        let copy = try MessageContent(made.forOwnDevices, isFromMe: true, isFromOwnPhone: false)
        #expect(copy.destination == destination)
        guard case .shown(.text, "Ünïcode 🌍") = copy.kind else {
            Issue.record("the own copy says something else")
            return
        }
        #expect(try MessagePlaintexts(kept: made.forRecipient, destination: destination) == made)
    }
}
