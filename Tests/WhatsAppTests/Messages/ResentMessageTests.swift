import struct FoundationEssentials.Data
import Model
import SwiftProtobuf
import Testing
import WAProto

@testable import WhatsApp

@Suite struct ResentMessageTests {
    private func info(_ change: (inout WAWebMessageInfo) -> Void = { _ in }) throws -> [UInt8] {
        var info = WAWebMessageInfo()
        info.key.remoteJid = "2002@lid"
        info.key.id = "A1"
        info.message.conversation = "hello"
        info.messageTimestamp = 1_790_000_000
        change(&info)
        return try info.serializedBytes()
    }

    @Test func namesChatWriterAndTime() throws {
        let direct = try #require(ResentMessage(info()))
        #expect(direct.chat == JID(user: "2002", server: .lid) && direct.sender == direct.chat && direct.timestamp == Timestamp(seconds: 1_790_000_000))
        guard case .shown(.text, "hello") = direct.content.kind else { throw StanzaError.malformedProtobuf }
        let group = try #require(
            ResentMessage(
                info {
                    $0.key.remoteJid = "120363000000000001@g.us"
                    $0.participant = "2002:7@lid"
                }))
        #expect(group.sender == JID(user: "2002", server: .lid))
        let incoming = IncomingMessage(group)
        #expect(incoming.isGroup && incoming.participant == group.sender && !incoming.isFromMe && !incoming.isPeer)
    }

    @Test func whatIsNoMessageOfSomebodyElseIsNotTaken() throws {
        #expect(try ResentMessage(info { $0.key.fromMe = true }) == nil)
        #expect(try ResentMessage(info { $0.key.id = "" }) == nil)
        #expect(try ResentMessage(info { $0.key.remoteJid = "status@broadcast" }) == nil)
        #expect(try ResentMessage(info { $0.key.remoteJid = "no address" }) == nil)
        #expect(try ResentMessage(info { $0.key.remoteJid = "120363000000000001@g.us" }) == nil)
        #expect(try ResentMessage(info { $0.messageTimestamp = .max }) == nil)
        #expect(try ResentMessage(info { $0.messageTimestamp = 0 }) == nil)
        #expect(try ResentMessage(info { $0.clearMessage() }) == nil)
        let whole = try info()
        for length in 0..<whole.count { _ = ResentMessage(Array(whole.prefix(length))) }
        #expect(ResentMessage([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07]) == nil)
    }

    /// Orders hidden in a copy are none.
    @Test func copiesGiveNoOrders() throws {
        let copy = try #require(
            ResentMessage(
                info {
                    $0.message = .init()
                    $0.message.protocolMessage.type = .appStateSyncKeyShare
                }))
        guard case .ignored = copy.content.kind else {
            Issue.record("an order was taken")
            return
        }
    }

    @Test func onlyThePhoneHandsThemOut() throws {
        let message = WAMessage.with {
            $0.protocolMessage.type = .peerDataOperationRequestResponseMessage
            $0.protocolMessage.peerDataOperationRequestResponseMessage.peerDataOperationRequestType = .placeholderMessageResend
            $0.protocolMessage.peerDataOperationRequestResponseMessage.peerDataOperationResult = [
                .with { $0.placeholderMessageResendResponse.webMessageInfoBytes = (try? info()).map { Data($0) } ?? Data() }, .init(),
            ]
        }
        guard case .peer(.messages(let copies)) = MessageContent(message, isFromMe: true, isFromOwnPhone: true).kind else {
            Issue.record("the phone's answer was not read")
            return
        }
        #expect(copies.map(\.id) == ["A1"])
        guard case .ignored = MessageContent(message, isFromMe: false, isFromOwnPhone: false).kind else {
            Issue.record("a stranger's answer was taken")
            return
        }
    }

    @Test func requestsNameWhatIsWanted() throws {
        let chat = JID(user: "120363000000000001", server: .group)
        let writer = JID(user: "2002", server: .lid)
        let message = try WAMessage(serializedBytes: PhoneRequest.message(id: "A1", chat: chat, participant: writer).plaintext)
        let request = message.protocolMessage.peerDataOperationRequestMessage
        #expect(message.protocolMessage.type == .peerDataOperationRequestMessage && request.peerDataOperationRequestType == .placeholderMessageResend)
        let key = try #require(request.placeholderMessageResendRequest.first?.messageKey)
        #expect(key.id == "A1" && key.remoteJid == chat.description && key.participant == writer.description && key.hasFromMe && !key.fromMe)
        let part = HistoryNotice.Part(kind: 3, order: 4)
        let history = try WAMessage(serializedBytes: PhoneRequest.historyPart(part, noticeID: "N1").plaintext)
            .protocolMessage.peerDataOperationRequestMessage
        #expect(history.peerDataOperationRequestType == .historySyncChunkRetry && history.historySyncChunkRetryRequest.syncType == .recent)
        #expect(history.historySyncChunkRetryRequest.chunkOrder == 4 && history.historySyncChunkRetryRequest.chunkNotificationID == "N1")
    }
}
