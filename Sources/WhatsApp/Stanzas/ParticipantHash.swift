import CryptoPrimitives
package import Model

/// The short hash over the devices that a message went to; the service compares it with its own lists.
package enum ParticipantHash {
    /// `2:` and 8 base64 characters. `devices`: all of the recipients' devices and the sending one, in any order.
    package static func make(_ devices: [JID]) -> String {
        // Sorted bytewise, not by Unicode rules.
        let texts = devices.map { Array("\($0.user).0:\($0.device)@\($0.server.rawValue)".utf8) }
            .sorted { $0.lexicographicallyPrecedes($1) }
        return "2:" + Base64.encode(Array(SHA256.hash(Array(texts.joined())).prefix(6)))
    }
}
