import Model
import Store

/// `POST page/open`: the key of a link to the page becomes another one, so that the link is good for one browser alone.
enum PageOpening {
    static let answer: @Sendable (Call) throws -> Success = { call in
        var rng = SystemRandomNumberGenerator()
        let key = NewKey(using: &rng)
        guard try call.database.apiKeys.replacePageKey(id: call.key.id, hash: key.hash) else {
            throw Problem(
                403, "forbidden", "This key does not belong to a page",
                error: "only the key of a fresh `wa-connect sessions page` link opens the page")
        }
        let session = try call.session()
        return Success(
            data: .members([
                "key": .string(key.text), "session": .string(session.name), "expires_at": .text(call.key.expiresAt?.iso8601),
            ]))
    }
}
