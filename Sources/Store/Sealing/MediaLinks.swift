package import Model

/// The links under which received files are found.
package struct MediaLinks: Sendable {
    private let link: MediaLink
    /// Without `public.base_url` links begin with the path.
    private let base: String

    package init(_ configuration: Configuration) { self.init(configuration.secretKey, base: configuration.publicBaseURL) }

    package init(_ secret: SecretKey, base publicBase: String?) {
        link = MediaLink(key: secret)
        base = PublicAddress(base: publicBase ?? "").of("media/")
    }

    package func url(row: Int64, hash: [UInt8]) -> String { base + link.token(row: row, hash: hash) }

    /// The row that a token speaks of; it is nobody's before ``isGood(_:hash:)``.
    package static func row(of token: String) -> Int64? { MediaLink.row(of: token) }

    package func isGood(_ token: String, hash: [UInt8]) -> Bool { link.isGood(token, hash: hash) }
}
