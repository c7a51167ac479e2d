/// Everything from `wa-connect.conf` and its environment overrides, checked and with defaults filled in.
///
/// Reading the file is the program's affair (``ConfigurationParser`` takes text); secrets print as their size only.
package struct Configuration: Sendable {
    package var database: DatabaseSettings
    /// 32 bytes that seal private keys and tokens in the database.
    package var secretKey: SecretKey
    package var runDirectory: String
    package var apiWorkers: Int
    package var apiWaiting: Int
    package var apiSocketMode: UInt32
    /// Addresses or CIDR ranges whose forwarded client address is believed.
    package var trustedProxies: [String]
    package var log: LogSettings
    package var mediaDirectory: String
    package var publicBaseURL: String?
    package var whatsApp: WhatsAppSettings
    /// The host's program that takes mail as `sendmail -t` does; nil looks at the usual places.
    package var mailProgram: String?
    package var fetchMediaPrivate: Bool
    package var fetchWebhookPrivate: PrivateFetch
}

/// How to reach the database.
package struct DatabaseSettings: Sendable, CustomStringConvertible {
    package var host: String
    package var port: UInt16
    /// Path of the server's Unix socket; nil tries the usual places and then TCP when the host is `localhost`.
    package var socket: String?
    package var name: String
    package var user: String
    package var password: String

    package init(host: String = "localhost", port: UInt16 = 3306, socket: String? = nil, name: String, user: String, password: String) {
        self.host = host
        self.port = port
        self.socket = socket
        self.name = name
        self.user = user
        self.password = password
    }

    package var description: String { "\(user)@\(socket ?? "\(host):\(port)")/\(name)" }
}

/// 32 secret bytes that never print.
package struct SecretKey: Sendable, CustomStringConvertible, CustomReflectable {
    package let bytes: [UInt8]
    /// nil unless there are exactly 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }
    package var description: String { "<32 bytes>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The daemon's log file.
package struct LogSettings: Sendable {
    package enum Level: String, Sendable, CaseIterable { case debug, info, notice, warning, error }
    package var file: String
    package var level: Level
    package var maxBytes: Int64
    package var keep: Int
}

/// Where the WhatsApp service is and how it proves to be it.
package struct WhatsAppSettings: Sendable {
    package var url: String
    /// PEM file with extra trust for TLS, nil for the system's roots alone.
    package var caFile: String?
    /// 32 bytes: root of the Noise server certificate chain.
    package var rootKey: [UInt8]

    package static let defaultURL = "wss://web.whatsapp.com/ws/chat"
    /// WhatsApp's own root, an X25519 key that signs by XEdDSA. Source: whatsmeow `handshake.go`, checked against a live chain of 2025 (Tests/Vectors/noise.json).
    package static let defaultRootKeyHex = "142375574d0a587166aae71ebe516437c4a28b73e3695c6ce1f7f9545da8ee6b"
}

/// Whether webhooks may reach private and loopback addresses.
package enum PrivateFetch: String, Sendable, CaseIterable {
    case no
    /// Ports 80 and 443 only: a site on the same host.
    case web
    case any
}
