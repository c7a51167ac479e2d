import CryptoPrimitives

/// A page for a browser. It loads nothing from elsewhere, and no other site may frame it.
struct Page: Sendable {
    let html: String
    let headers: [(name: String, value: String)]

    /// - Parameter html: with `NONCE` where scripts and styles of its own are marked as such.
    init(html: String) {
        var rng = SystemRandomNumberGenerator()
        let nonce = Hex.encode(Random.bytes(16, using: &rng))
        self.html = html.split(separator: "NONCE", omittingEmptySubsequences: false).joined(separator: nonce)
        headers = [
            (
                "Content-Security-Policy",
                "default-src 'none'; script-src 'nonce-\(nonce)'; style-src 'nonce-\(nonce)'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            ),
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY"),
        ]
    }
}
