import CryptoPrimitives
import Model

/// The digest of a device list: `phash` of messages and `device_hash` of notifications.
/// Source: protocol notes on messages, section 2; Tests/Vectors/messages.json.
enum ParticipantHash {
    /// "2:" and 8 characters of base64, over the sorted texts `user.0:device@server`.
    static func of(_ devices: [JID]) -> String {
        let texts = devices.map { "\($0.user).0:\($0.device)@\($0.server.rawValue)" }
        let sorted = texts.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        let digest = SHA256.hash(sorted.flatMap { $0 })
        return "2:" + Base64.encode(Array(digest.prefix(6)))
    }
}
