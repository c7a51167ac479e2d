import Testing

/// `pairing.json`: keys, QR texts, ADV containers, a signed key index list.
struct PairingVectors: Decodable, Sendable {
    struct Keys: Decodable, Sendable {
        let noise_pub, identity_priv, identity_pub, account_pub, adv_secret: HexText
    }
    struct QR: Decodable, Sendable {
        let ref, client_type, string_2026: String
    }
    struct ADV: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let pair_success_device_identity, device_signature_Z, pair_device_sign_content, stored_account: HexText
        let pair_device_sign_key_index: Int
        var testDescription: String { name }
    }
    struct KeyIndexes: Decodable, Sendable {
        let timestamp: UInt64
        let current_index: UInt32
        let valid_indexes: [UInt32]
        let account_pub, signed: HexText
    }

    let keys: Keys
    let qr: [QR]
    let adv: [ADV]
    let key_index_list: KeyIndexes

    static let file = try? readVectors("pairing.json", as: PairingVectors.self)
}
