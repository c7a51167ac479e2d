import CryptoPrimitives

/// An answer without the envelope: for a browser, or the reference for programs.
struct Page: Sendable {
    let text: String
    let contentType: String
    let headers: [(name: String, value: String)]

    /// A page for a browser. It loads nothing from elsewhere, and no other site may frame it.
    /// - Parameter html: with `NONCE` where scripts and styles of its own are marked as such.
    init(html: String) {
        var rng = SystemRandomNumberGenerator()
        let nonce = Hex.encode(Random.bytes(16, using: &rng))
        text = html.split(separator: "NONCE", omittingEmptySubsequences: false).joined(separator: nonce)
        contentType = "text/html; charset=utf-8"
        headers = [
            (
                "Content-Security-Policy",
                "default-src 'none'; script-src 'nonce-\(nonce)'; style-src 'nonce-\(nonce)'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            ),
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY"),
        ]
    }

    /// - Parameter openAPI: a document in JSON.
    init(openAPI: String) {
        text = openAPI
        contentType = "application/vnd.oai.openapi+json"
        headers = [("X-Content-Type-Options", "nosniff")]
    }
}
