import CryptoPrimitives
package import Model

/// Encrypts what must not be readable in a copy of the database: private keys, ratchet records, secrets.
///
/// A sealed value is `version (1) ‖ key id (4) ‖ nonce (12) ‖ AES-256-GCM ciphertext and tag`, so 33 bytes longer than the value.
/// Table, column and row are authenticated with it: a value that was copied to another place does not open.
package struct Sealer: Sendable {
    private let key: [UInt8]
    private let keyID: [UInt8]

    private static let version: UInt8 = 1
    private static let keyIDLength = 4
    private static let headLength = 1 + keyIDLength + AESGCM.nonceLength
    /// Bytes that sealing adds.
    package static let overhead = headLength + AESGCM.tagLength

    /// - Parameter secret: the configuration's `secret.key`; sealing key and key id are derived from it.
    package init(key secret: SecretKey) {
        let derived = HKDF.sha256(secret.bytes, info: Array("WA-Connect sealed values 1".utf8), length: AESGCM.keyLength + Self.keyIDLength)
        key = Array(derived.prefix(AESGCM.keyLength))
        keyID = Array(derived.suffix(Self.keyIDLength))
    }

    /// Tells keys apart without telling anything of them.
    package var keyName: String { Hex.encode(keyID) }

    /// - Throws: `tampered` where libcrypto fails or the value is too long for it.
    package func seal(_ value: [UInt8], at place: SealedPlace) throws(StoreError) -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        let nonce = Random.bytes(AESGCM.nonceLength, using: &random)
        do {
            let sealed = try AESGCM.seal(value, key: key, nonce: nonce, authenticating: place.encoded)
            return [Self.version] + keyID + nonce + sealed
        } catch {
            throw place.tampered
        }
    }

    /// - Throws: `tampered` for anything but what ``seal(_:at:)`` gave for the same place under the same key.
    package func open(_ sealed: [UInt8], at place: SealedPlace) throws(StoreError) -> [UInt8] {
        guard sealed.count >= Self.overhead, sealed.first == Self.version, sealed.dropFirst().starts(with: keyID) else {
            throw place.tampered
        }
        let nonce = Array(sealed.dropFirst(1 + Self.keyIDLength).prefix(AESGCM.nonceLength))
        do {
            return try AESGCM.open(Array(sealed.dropFirst(Self.headLength)), key: key, nonce: nonce, authenticating: place.encoded)
        } catch {
            throw place.tampered
        }
    }
}
