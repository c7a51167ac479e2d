/// Key derivation by extract and expand (RFC 5869).
package enum HKDF {
    /// The most bytes that one derivation can give: 255 blocks of SHA-256 (RFC 5869, section 2.3).
    package static let maximumLength = 255 * 32

    /// Derives `length` bytes with HMAC-SHA-256. An empty salt means 32 zero bytes.
    ///
    /// `length` is chosen by the program, never by a peer; at most `maximumLength`.
    package static func sha256(
        _ inputKeyMaterial: [UInt8], salt: [UInt8] = [], info: [UInt8] = [], length: Int
    ) -> [UInt8] {
        precondition((0...maximumLength).contains(length), "HKDF length out of range")
        let key = HMAC.sha256(inputKeyMaterial, key: salt)
        var output: [UInt8] = []
        output.reserveCapacity(length + 32)
        var block: [UInt8] = []
        var counter: UInt8 = 1
        while output.count < length {
            block = HMAC.sha256(block + info + [counter], key: key)
            output += block
            counter &+= 1
        }
        output.removeLast(output.count - length)
        return output
    }
}
