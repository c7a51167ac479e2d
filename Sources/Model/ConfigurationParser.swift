import CryptoPrimitives

/// A mistake in `wa-connect.conf` or in an environment override, worded for the person who edits it.
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// `line 3`, or the name of the environment variable, or `the file` for a key that is missing.
    package let place: String
    package let problem: String
    package var description: String { "\(place): \(problem)" }
}

/// Reads `key = value` lines: `#` begins a comment line, blanks around keys and values do not count, a value may stand in double quotes.
package struct ConfigurationParser {
    /// Value and where it came from, by key.
    private var values: [String: (text: String, place: String)] = [:]

    /// - Parameters:
    ///   - text: the file's content.
    ///   - environment: overrides; `db.host` is `WA_DB_HOST`.
    ///   - home: the owner's home directory, for defaults and for values that begin with `~/`.
    /// - Throws: ``ConfigurationError`` for an unknown key, a key given twice, a bad value or a missing one.
    package static func parse(
        _ text: String, environment: [String: String] = [:], home: String
    ) throws(ConfigurationError) -> Configuration {
        var parser = ConfigurationParser()
        try parser.readLines(text)
        parser.readEnvironment(environment)
        return try parser.configuration(home: home)
    }

    private static let keys: [String] = [
        "db.host", "db.port", "db.socket", "db.name", "db.user", "db.password", "secret.key", "run.dir", "api.workers",
        "api.waiting", "api.socket_mode", "trusted_proxies", "log.file", "log.level", "log.max_bytes", "log.keep", "media.dir",
        "public.base_url", "mail.program", "whatsapp.url", "whatsapp.ca_file", "whatsapp.root_key", "fetch.media_private", "fetch.webhook_private",
    ]

    /// `db.host` → `WA_DB_HOST`.
    package static func environmentName(of key: String) -> String {
        "WA_" + String(key.uppercased().map { $0 == "." ? "_" : $0 })
    }

    private mutating func readLines(_ text: String) throws(ConfigurationError) {
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
            number += 1
            let place = "line \(number)"
            let trimmed = Self.trim(line)
            if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
            guard let equals = trimmed.firstIndex(of: "=") else {
                throw ConfigurationError(place: place, problem: "expected `key = value`")
            }
            let key = Self.trim(trimmed[..<equals])
            guard Self.keys.contains(key) else {
                throw ConfigurationError(place: place, problem: "unknown key `\(key)`; known keys: \(Self.keys.joined(separator: ", "))")
            }
            guard values[key] == nil else { throw ConfigurationError(place: place, problem: "`\(key)` is given twice") }
            var value = Self.trim(trimmed[trimmed.index(after: equals)...])
            if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") { value = String(value.dropFirst().dropLast()) }
            values[key] = (value, place)
        }
    }

    private mutating func readEnvironment(_ environment: [String: String]) {
        for key in Self.keys {
            let name = Self.environmentName(of: key)
            if let value = environment[name] { values[key] = (value, name) }
        }
    }

    private static func trim(_ text: some StringProtocol) -> String {
        func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" || character == "\r" }
        return String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }

    private func configuration(home: String) throws(ConfigurationError) -> Configuration {
        let base = "\(home)/wa-connect"
        return Configuration(
            database: DatabaseSettings(
                host: text("db.host") ?? "localhost", port: try port(), socket: path("db.socket", home),
                name: try required("db.name", "the database's name"), user: try required("db.user", "the database user's name"),
                password: text("db.password") ?? ""),
            secretKey: try secretKey(),
            runDirectory: path("run.dir", home) ?? "\(base)/run",
            apiWorkers: Int(try integer("api.workers", in: 0...64) ?? 4),
            apiWaiting: Int(try integer("api.waiting", in: 0...64) ?? 2),
            apiSocketMode: try socketMode(),
            trustedProxies: (text("trusted_proxies") ?? "").split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init),
            log: LogSettings(
                file: path("log.file", home) ?? "\(base)/log/wa-connect.log", level: try choice("log.level") ?? .info,
                maxBytes: try integer("log.max_bytes", in: 4_096...1 << 40) ?? 5_000_000,
                keep: Int(try integer("log.keep", in: 0...100) ?? 5)),
            mediaDirectory: path("media.dir", home) ?? "\(base)/media",
            publicBaseURL: try url("public.base_url", schemes: ["http://", "https://"]),
            whatsApp: WhatsAppSettings(
                url: try url("whatsapp.url", schemes: ["wss://"]) ?? WhatsAppSettings.defaultURL,
                caFile: path("whatsapp.ca_file", home), rootKey: try rootKey()),
            mailProgram: path("mail.program", home),
            fetchMediaPrivate: try boolean("fetch.media_private") ?? false,
            fetchWebhookPrivate: try choice("fetch.webhook_private") ?? .web)
    }

    // MARK: values

    /// nil where the key is absent or empty.
    private func text(_ key: String) -> String? {
        guard let value = values[key]?.text, !value.isEmpty else { return nil }
        return value
    }

    private func path(_ key: String, _ home: String) -> String? {
        guard let value = text(key) else { return nil }
        return value.hasPrefix("~/") ? home + value.dropFirst() : value
    }

    private func bad(_ key: String, _ expected: String) -> ConfigurationError {
        ConfigurationError(place: values[key]?.place ?? "the file", problem: "`\(key)` must be \(expected)")
    }

    private func required(_ key: String, _ what: String) throws(ConfigurationError) -> String {
        guard let value = text(key) else { throw bad(key, "given: \(what)") }
        return value
    }

    private func integer(_ key: String, in range: ClosedRange<Int64>) throws(ConfigurationError) -> Int64? {
        guard let value = text(key) else { return nil }
        guard let number = Int64(value), range.contains(number) else {
            throw bad(key, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private func port() throws(ConfigurationError) -> UInt16 {
        UInt16(truncatingIfNeeded: try integer("db.port", in: 1...65_535) ?? 3_306)
    }

    private func boolean(_ key: String) throws(ConfigurationError) -> Bool? {
        switch text(key) {
        case nil: return nil
        case "true", "yes", "1", "on": return true
        case "false", "no", "0", "off": return false
        default: throw bad(key, "`true` or `false`")
        }
    }

    private func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String) throws(ConfigurationError) -> Choice? {
        guard let value = text(key) else { return nil }
        guard let choice = Choice(rawValue: value) else {
            throw bad(key, "one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }

    private func url(_ key: String, schemes: [String]) throws(ConfigurationError) -> String? {
        guard let value = text(key) else { return nil }
        guard schemes.contains(where: { value.hasPrefix($0) && value.count > $0.count }) else {
            throw bad(key, "an address that begins with \(schemes.joined(separator: " or "))")
        }
        return value
    }

    private func socketMode() throws(ConfigurationError) -> UInt32 {
        guard let value = text("api.socket_mode") else { return 0o600 }
        guard let mode = UInt32(value, radix: 8), mode <= 0o777, mode & 0o600 == 0o600 else {
            throw bad("api.socket_mode", "an octal mode such as 0600 or 0666")
        }
        return mode
    }

    private func secretKey() throws(ConfigurationError) -> SecretKey {
        guard let key = Hex.decode(try required("secret.key", "64 hexadecimal digits")).flatMap(SecretKey.init(bytes:)) else {
            throw bad("secret.key", "64 hexadecimal digits (32 bytes); `openssl rand -hex 32` makes one")
        }
        return key
    }

    private func rootKey() throws(ConfigurationError) -> [UInt8] {
        guard let key = Hex.decode(text("whatsapp.root_key") ?? WhatsAppSettings.defaultRootKeyHex), key.count == 32 else {
            throw bad("whatsapp.root_key", "64 hexadecimal digits (32 bytes)")
        }
        return key
    }
}
