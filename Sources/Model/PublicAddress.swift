/// Where the API is for the outside world, from `public.base_url`.
package struct PublicAddress: Sendable, Equatable {
    private let api: String

    /// - Parameter base: the site's address, behind which the API is at `/api/v1`; with a path of its own (`https://example.com/wa`), behind which it is at `/v1`.
    package init(base: String) {
        let trimmed = base.hasSuffix("/") ? String(base.dropLast()) : base
        let afterScheme = trimmed.firstRange(of: "://").map { trimmed[$0.upperBound...] } ?? trimmed[...]
        api = trimmed + (afterScheme.contains("/") ? "/v1/" : "/api/v1/")
    }

    /// The address of a call such as `health`.
    package func of(_ call: String) -> String { api + call }
}
