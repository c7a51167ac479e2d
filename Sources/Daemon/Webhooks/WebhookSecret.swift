import CryptoPrimitives

/// A webhook's secret, as the owner typed it.
package struct WebhookSecret: Sendable, CustomStringConvertible {
    private let typed: String
    private static let prefix = "whsec_"

    /// nil where no secret is configured.
    package init?(_ typed: String?) {
        guard let typed, !typed.isEmpty else { return nil }
        self.typed = typed
    }

    package var description: String { "<secret>" }

    /// The secret in the form that libraries for Standard Webhooks take: `whsec_` and base64.
    package var standardForm: String {
        standardKey == nil ? Self.prefix + Base64.encode(Array(typed.utf8)) : typed
    }

    /// Bare lower-case hex of HMAC-SHA256 over the body, keyed with the secret as typed: `X-Webhook-Signature`.
    package func signature(of body: [UInt8]) -> String {
        Hex.encode(HMAC.sha256(body, key: Array(typed.utf8)))
    }

    /// `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`: `webhook-signature`. Source: the Standard Webhooks specification, "Signature scheme".
    /// - Parameter timestamp: Unix seconds of the attempt.
    package func standardSignature(id: String, timestamp: Int64, body: [UInt8]) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        return "v1," + Base64.encode(HMAC.sha256(signed, key: standardKey ?? Array(typed.utf8)))
    }

    /// The key inside a secret that was typed in `whsec_` form.
    private var standardKey: [UInt8]? {
        guard typed.hasPrefix(Self.prefix) else { return nil }
        return Base64.decode(String(typed.dropFirst(Self.prefix.count)))
    }
}
