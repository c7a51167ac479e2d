import Model

/// Finds the route of a request. A new call is one line in ``table`` and one file with its answer.
enum Router {
    static let table: [Route] = [
        Route(open: .get, "health", Health.answer),
        Route(page: "openapi", OpenAPIDocument.answer),
        Route(page: "docs", ReferencePage.answer),
        Route(page: "page", LinkPage.answer),
        Route(.post, "page/open", .sessionManage, .general, PageOpening.answer),
        Route(.get, "session/status", .sessionRead, .general, SessionState.answer),
        Route(.post, "session/connect", .sessionManage, .general, SessionConnect.answer),
        Route(.post, "session/disconnect", .sessionManage, .general, SessionEnd.disconnect),
        Route(.post, "session/logout", .sessionManage, .general, SessionEnd.logout),
        Route(.post, "messages/send-text", .messagesSend, .send, SendMessage.text),
        Route(.post, "messages/send-image", .messagesSend, .send, SendMessage.image),
        Route(.post, "messages/send-document", .messagesSend, .send, SendMessage.document),
        Route(.post, "messages/send-video", .messagesSend, .send, SendMessage.video),
        Route(.post, "messages/send-audio", .messagesSend, .send, SendMessage.audio),
        Route(.get, "contacts", .contactsRead, .general, ContactList.page),
        Route(.get, "contacts/search", .contactsRead, .general, ContactList.search),
        Route(download: "contacts/export", .contactsRead, ContactExport.answer),
        Route(.post, "contacts/check", .contactsRead, .general, ContactCheck.answer),
        Route(.post, "contacts/sync", .contactsManage, .general, ContactSync.answer),
        Route(.get, "contacts/:jid", .contactsRead, .general, ContactList.one),
        Route(.post, "messages/send-bulk", .messagesSend, .send, SendBulk.answer),
        Route(.get, "messages/bulk", .messagesRead, .general, BulkControl.list),
        Route(.get, "messages/bulk/:id", .messagesRead, .general, BulkControl.one),
        Route(.post, "messages/bulk/:id/pause", .messagesSend, .general, BulkControl.pause),
        Route(.post, "messages/bulk/:id/resume", .messagesSend, .general, BulkControl.resume),
        Route(.post, "messages/bulk/:id/cancel", .messagesSend, .general, BulkControl.cancel),
        Route(.get, "messages/outbox", .messagesRead, .general, OutboxList.answer),
        Route(.post, "messages/outbox/:id/cancel", .messagesSend, .general, MessageCancel.row),
        Route(.post, "messages/:id/cancel", .messagesSend, .general, MessageCancel.message),
        Route(.post, "messages/send-location", .messagesSend, .send, SendMessage.location),
        Route(.post, "messages/send-contact", .messagesSend, .send, SendMessage.contact),
        Route(.post, "messages/react", .messagesSend, .send, ChangeMessage.react),
        Route(.post, "messages/edit", .messagesSend, .send, ChangeMessage.edit),
        Route(.post, "messages/delete", .messagesSend, .send, ChangeMessage.delete),
        Route(.get, "posts", .messagesRead, .general, PostLog.page),
        Route(.post, "messages/read", .messagesSend, .general, MarkRead.answer),
        Route(.post, "chats/typing", .messagesSend, .general, ShowTyping.answer),
        Route(.post, "calls/reject", .messagesSend, .general, RejectCall.answer),
        Route(link: "media/:token", MediaDownload.answer),
        Route(.get, "messages/log", .messagesRead, .general, MessageLog.page),
        Route(.get, "messages/:id", .messagesRead, .general, MessageLog.one),
        Route(.get, "webhooks", .webhooksManage, .general, WebhookAdmin.list),
        Route(.post, "webhooks", .webhooksManage, .general, WebhookAdmin.add),
        Route(.get, "webhooks/deliveries", .webhooksManage, .general, DeliveryLog.list),
        Route(.get, "webhooks/deliveries/:id", .webhooksManage, .general, DeliveryLog.one),
        Route(.post, "webhooks/deliveries/:id/replay", .webhooksManage, .general, DeliveryLog.replay),
        Route(.get, "webhooks/:id", .webhooksManage, .general, WebhookAdmin.one),
        Route(.post, "webhooks/:id", .webhooksManage, .general, WebhookAdmin.change),
        Route(.post, "webhooks/:id/test", .webhooksManage, .general, WebhookAdmin.test),
        Route(.post, "webhooks/:id/replay", .webhooksManage, .general, WebhookAdmin.replay),
        Route(.post, "webhooks/:id/delete", .webhooksManage, .general, WebhookAdmin.delete),
        Route(.get, "keys", .everything, .general, KeyAdmin.list),
        Route(.post, "keys", .everything, .general, KeyAdmin.add),
        Route(.get, "keys/usage", .everything, .general, KeyAdmin.usage),
        Route(.post, "keys/:id/disable", .everything, .general, KeyAdmin.disable),
        Route(.post, "keys/:id/delete", .everything, .general, KeyAdmin.delete),
        Route(.get, "sessions", .sessionRead, .general, SessionAdmin.list),
        Route(.post, "sessions", .everything, .general, SessionAdmin.add),
        Route(.get, "sessions/:name", .sessionRead, .general, SessionAdmin.one),
        Route(.post, "sessions/:name/connect", .sessionManage, .general, SessionAdmin.connect),
        Route(.post, "sessions/:name/disconnect", .sessionManage, .general, SessionAdmin.disconnect),
        Route(.post, "sessions/:name/logout", .sessionManage, .general, SessionAdmin.logout),
    ]

    enum Match {
        case route(Route, parameters: [String: String])
        /// `OPTIONS`: the methods that the path answers.
        case options(String)
    }

    /// Fixed paths win over parameters, so that `messages/send-text` is never taken for a message's id.
    /// - Throws: ``Problem`` 404 for an unknown path, 405 with the methods of a known one.
    static func match(method: String, path: [String], in table: [Route] = table) throws(Problem) -> Match {
        var candidates: [Route] = []
        for index in table.indices where table[index].matches(path) { candidates.append(table[index]) }
        if candidates.contains(where: { !$0.hasParameters }) { candidates.removeAll(where: \.hasParameters) }
        guard !candidates.isEmpty else { throw .unknownPath }
        let wanted = method == "HEAD" ? "GET" : method
        if let route = candidates.first(where: { $0.method.rawValue == wanted }) { return .route(route, parameters: route.parameters(of: path)) }
        let allowed = allowedMethods(candidates.map(\.method))
        guard method == "OPTIONS" else { throw .wrongMethod(allowed: allowed) }
        return .options(allowed)
    }

    private static func allowedMethods(_ methods: [Route.Method]) -> String {
        var names: [String] = []
        if methods.contains(.get) { names += ["GET", "HEAD"] }
        if methods.contains(.post) { names.append("POST") }
        return (names + ["OPTIONS"]).joined(separator: ", ")
    }
}
