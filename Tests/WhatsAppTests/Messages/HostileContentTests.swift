import Model
import SwiftProtobuf
import Testing
import WAProto

@testable import WhatsApp

@Suite struct HostileContentTests {
    private func read(_ plaintext: [UInt8], fromPhone: Bool = false) throws -> MessageContent {
        try MessageContent(plaintext, isFromMe: fromPhone, isFromOwnPhone: fromPhone)
    }

    @Test func truncated() throws {
        let whole: [UInt8] = try WAMessage.with {
            $0.extendedTextMessage.text = "Hello"
            $0.extendedTextMessage.contextInfo.expiration = 1
        }.serializedBytes()
        for length in 1..<whole.count { #expect(throws: StanzaError.malformedProtobuf) { try read(Array(whole.prefix(length))) } }
    }

    @Test func badUTF8() {
        #expect(throws: StanzaError.malformedProtobuf) { try read([0x0A, 2, 0xC3, 0x28]) }
    }

    @Test func lengthsBeyondTheEnd() {
        #expect(throws: StanzaError.malformedProtobuf) { try read([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07]) }
        #expect(throws: StanzaError.malformedProtobuf) { try read([0x0A] + [UInt8](repeating: 0xFF, count: 10)) }
    }

    /// Protobufs nested thousands of levels deep do not reach the end of the stack.
    @Test func nestedWithoutEnd() throws {
        var message: [UInt8] = []
        // `ephemeralMessage` is field 40: tag C2 02, then `message` is field 1.
        for _ in 0..<5_000 {
            let inner = [0x0A] + varint(message.count) + message
            message = [0xC2, 0x02] + varint(inner.count) + inner
        }
        #expect(throws: StanzaError.malformedProtobuf) { try read(message) }
    }

    @Test func wrappersBeyondThoseOfPhones() throws {
        var message = WAMessage.with { $0.conversation = "deep" }
        for _ in 0..<12 { message = .with { [message] in $0.ephemeralMessage.message = message } }
        guard case .shown(.other, nil) = try read(message.serializedBytes()).kind else { Issue.record("not unwrapped for ever"); return }
    }

    @Test func hugeTextsAreCut() throws {
        let text = String(repeating: "\u{1F600}", count: Limits.textCharacters + 1)
        guard case .shown(.text, let shown?) = try read(WAMessage.with { $0.conversation = text }.serializedBytes()).kind else {
            Issue.record("no text")
            return
        }
        #expect(shown.unicodeScalars.count == Limits.textCharacters)
    }

    @Test func addressesThatNoColumnHolds() throws {
        let message = WAMessage.with {
            $0.deviceSentMessage.destinationJid = String(repeating: "9", count: 100) + "@s.whatsapp.net"
            $0.deviceSentMessage.message.senderKeyDistributionMessage.groupID = "\u{1F600}@g.us"
        }
        let content = try read(message.serializedBytes(), fromPhone: true)
        #expect(content.destination == nil && content.groupKey == nil)
    }

    private func varint(_ value: Int) -> [UInt8] { value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7) }
}
