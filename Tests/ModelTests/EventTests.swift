import Testing

@testable import Model

/// The reference's samples, byte for byte.
struct EventTests {
    private let now = Timestamp(milliseconds: 1_772_186_400_000)

    @Test func messageReceived() {
        let event = Event.messageReceived(
            messageID: "3EB0XXXXX", from: "968XXXXXXXX@s.whatsapp.net", fromName: "John Doe", type: .text, content: "Hello!",
            isGroup: false, sentAt: now, chat: 1, at: now)
        #expect(
            event.body
                == #"{"event":"message.received","timestamp":"2026-02-27T10:00:00.000Z","data":{"message_id":"3EB0XXXXX","from":"968XXXXXXXX@s.whatsapp.net","from_name":"John Doe","type":"text","content":"Hello!","media_url":null,"is_group":false,"timestamp":"2026-02-27T10:00:00.000Z"}}"#
        )
    }

    @Test func messageSent() {
        let event = Event.messageSent(
            messageID: "3EB0XXXXX", to: "968XXXXXXXX@s.whatsapp.net", type: .text, content: "Hello!", source: .api, chat: 1, at: now)
        #expect(
            event.body
                == #"{"event":"message.sent","timestamp":"2026-02-27T10:00:00.000Z","data":{"message_id":"3EB0XXXXX","to":"968XXXXXXXX@s.whatsapp.net","type":"text","content":"Hello!","status":"sent"}}"#
        )
    }

    @Test func messageStatus() {
        let event = Event.messageStatus(messageID: "3EB0XXXXX", remoteJID: "968XXXXXXXX@s.whatsapp.net", status: .delivered, chat: 1, at: now)
        #expect(
            event.body
                == #"{"event":"message.status","timestamp":"2026-02-27T10:00:00.000Z","data":{"message_id":"3EB0XXXXX","remote_jid":"968XXXXXXXX@s.whatsapp.net","status":"delivered"}}"#
        )
    }

    @Test func connection() {
        #expect(
            Event.connected(phoneNumber: "968XXXXXXXX", name: "Your Name", at: now).body
                == #"{"event":"connection.connected","timestamp":"2026-02-27T10:00:00.000Z","data":{"status":"connected","phone_number":"968XXXXXXXX","wa_name":"Your Name"}}"#
        )
        #expect(
            Event.disconnected(reason: "logout", at: now).body
                == #"{"event":"connection.disconnected","timestamp":"2026-02-27T10:00:00.000Z","data":{"status":"disconnected","reason":"logout"}}"#
        )
    }
}
