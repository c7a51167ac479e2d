import CryptoPrimitives

/// The text of a pairing code, as a phone reads it. Source: protocol notes on pairing, section 2.
struct QRCode: Equatable, Sendable {
    let ref: String
    /// 32 bytes each.
    let noiseKey: [UInt8]
    let identity: [UInt8]
    let advSecret: [UInt8]
    let clientType: Character

    static let prefix = "https://wa.me/settings/linked_devices#"
    private static let clientTypes: Set<Character> = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e", "f"]

    init(ref: String, noiseKey: [UInt8], identity: [UInt8], advSecret: [UInt8], clientType: Character) {
        self.ref = ref
        self.noiseKey = noiseKey
        self.identity = identity
        self.advSecret = advSecret
        self.clientType = clientType
    }

    /// - Throws: what a real phone would not accept, named.
    init(parsing text: String) throws(Refusal) {
        guard text.hasPrefix(Self.prefix) else { throw .pairing("the code does not begin with \(Self.prefix)") }
        let parts = text.dropFirst(Self.prefix.count).split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 5 else { throw .pairing("the code has \(parts.count) parts, not 5") }
        ref = String(parts[0])
        noiseKey = try Self.key(parts[1], "Noise key")
        identity = try Self.key(parts[2], "identity")
        advSecret = try Self.key(parts[3], "ADV secret")
        guard parts[4].count == 1, let type = parts[4].first, Self.clientTypes.contains(type) else {
            throw .pairing("client type \(parts[4]) is unknown")
        }
        clientType = type
    }

    private static func key(_ text: Substring, _ name: String) throws(Refusal) -> [UInt8] {
        guard let bytes = Base64.decode(String(text)), bytes.count == 32 else { throw .pairing("the \(name) is not base64 of 32 bytes") }
        return bytes
    }
}
