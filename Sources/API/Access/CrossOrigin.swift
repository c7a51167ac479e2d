import Model

/// Answers browsers that ask on behalf of another site's page (Fetch standard, CORS protocol). Nobody may until the owner names origins.
enum CrossOrigin {
    /// Headers that let the page read an answer; none where the request's origin is not allowed.
    static func headers(for request: Request, _ settings: OwnerSettings) -> [(name: String, value: String)] {
        guard let origin = request.headers["origin"], isSafe(origin),
            settings.corsOrigins.contains(where: { $0 == "*" || $0.lowercased() == origin.lowercased() })
        else { return [] }
        return [
            ("Access-Control-Allow-Origin", origin), ("Vary", "Origin"),
            ("Access-Control-Expose-Headers", "RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Request-Id"),
        ]
    }

    /// What a preflight asks besides.
    static func preflightHeaders(methods: String) -> [(name: String, value: String)] {
        [
            ("Access-Control-Allow-Methods", methods), ("Access-Control-Allow-Headers", "Content-Type, X-API-Key, Idempotency-Key"),
            ("Access-Control-Max-Age", "600"),
        ]
    }

    /// The origin goes into a header of the answer.
    private static func isSafe(_ origin: String) -> Bool { origin.utf8.count <= 300 && origin.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
}
