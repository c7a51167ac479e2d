extension Event {
    /// A made-up message, to try a webhook out.
    package static func trial(at now: Timestamp) -> Event {
        .messageReceived(
            messageID: "TEST", from: "15550100@s.whatsapp.net", fromName: "WA-Connect", type: .text, content: "This is a test.", isGroup: false,
            sentAt: now, chat: 0, at: now)
    }
}
