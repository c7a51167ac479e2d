import CryptoPrimitives
package import Model

/// The unguessable part of a link to a received file: the row's number and a code over it, so that nothing secret stands in the database.
///
/// The file's hash counts, too: where a backup brought the numbers back, an old link does not show somebody else's file.
package struct MediaLink: Sendable {
    private let key: [UInt8]

    private static let codeLength = 24

    /// - Parameter secret: the configuration's `secret.key`.
    package init(key secret: SecretKey) {
        key = HKDF.sha256(secret.bytes, info: Array("WA-Connect media links 1".utf8), length: 32)
    }

    /// Letters, digits, `-` and `_`.
    /// - Parameter hash: `wa_media.file_sha256`.
    package func token(row: Int64, hash: [UInt8]) -> String {
        let number = Self.number(row)
        return Base64.encode(number + code(number, hash), alphabet: .urlSafeUnpadded)
    }

    /// The row that a token speaks of; nil where it has not the form of one. It is nobody's before ``isGood(_:hash:)``.
    package static func row(of token: String) -> Int64? {
        guard let bytes = Base64.decode(token, alphabet: .urlSafeUnpadded), bytes.count == 8 + codeLength else { return nil }
        let row = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int64(exactly: row)
    }

    package func isGood(_ token: String, hash: [UInt8]) -> Bool {
        guard let bytes = Base64.decode(token, alphabet: .urlSafeUnpadded), bytes.count == 8 + Self.codeLength else { return false }
        return ConstantTime.equal(Array(bytes.dropFirst(8)), code(Array(bytes.prefix(8)), hash))
    }

    private func code(_ number: [UInt8], _ hash: [UInt8]) -> [UInt8] {
        Array(HMAC.sha256(number + hash, key: key).prefix(Self.codeLength))
    }

    private static func number(_ row: Int64) -> [UInt8] { withUnsafeBytes(of: row.bigEndian, Array.init) }
}
