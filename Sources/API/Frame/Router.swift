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
        Route(download: "contacts/export", .contactsRead, ContactExport.answer),
        Route(.get, "messages/log", .messagesRead, .general, MessageLog.page),
        Route(.get, "messages/:id", .messagesRead, .general, MessageLog.one),
    ]

    enum Match {
        case route(Route, parameters: [String: String])
        /// `OPTIONS`: the methods that the path answers.
        case options(String)
    }

    /// Fixed paths win over parameters, so that `messages/send-text` is never taken for a message's id.
    /// - Throws: ``Problem`` 404 for an unknown path, 405 with the methods of a known one.
    static func match(method: String, path: [String], in table: [Route] = table) throws(Problem) -> Match {
        var candidates = table.compactMap { route in route.parameters(of: path).map { (route, $0) } }
        if candidates.contains(where: { !$0.0.hasParameters }) { candidates.removeAll { $0.0.hasParameters } }
        guard !candidates.isEmpty else { throw .unknownPath }
        let wanted = method == "HEAD" ? "GET" : method
        if let (route, parameters) = candidates.first(where: { $0.0.method.rawValue == wanted }) {
            return .route(route, parameters: parameters)
        }
        let allowed = allowedMethods(candidates.map(\.0.method))
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
