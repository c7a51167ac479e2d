import Model
import Store

/// Links in texts: the page is asked what it is before the text leaves, for a bounded time.
extension Session {
    /// Whether making the message's preview takes time.
    func wantsPreview(_ message: OutgoingMessage) async throws -> Bool {
        guard let link = try await linkToShow(in: message) else { return false }
        return await !environment.files.previews.remembers(link)
    }

    /// The message with its preview, where it has a link and the owner wants that.
    func previewed(_ message: OutgoingMessage) async throws -> OutgoingMessage {
        guard let link = try await linkToShow(in: message) else { return message }
        var message = message
        message.preview = await environment.files.previews.preview(of: link)
        return message
    }

    private func linkToShow(in message: OutgoingMessage) async throws -> String? {
        guard case .text(let text) = message.content, let link = LinkPreview.link(in: text) else { return nil }
        return try await environment.database.run { try $0.settings.value("links.preview") } == "no" ? nil : link
    }
}
