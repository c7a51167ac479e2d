import COpenSSL

/// Key derivation from a password (RFC 8018).
package enum PBKDF2 {
    /// Derives `length` bytes with HMAC-SHA-256.
    ///
    /// `iterations` and `length` are positive and chosen by the program, never by a peer.
    /// - Throws: `inputTooLong` where a length exceeds what the library takes, `libraryFailure` where memory ran out.
    package static func hmacSHA256(
        password: [UInt8], salt: [UInt8], iterations: Int, length: Int
    ) throws(CryptoError) -> [UInt8] {
        guard let passwordLength = Int32(exactly: password.count) else { throw .inputTooLong(password.count) }
        guard let saltLength = Int32(exactly: salt.count) else { throw .inputTooLong(salt.count) }
        guard let outputLength = Int32(exactly: length), outputLength > 0 else { throw .inputTooLong(length) }
        guard let rounds = Int32(exactly: iterations), rounds > 0 else { throw .inputTooLong(iterations) }
        var output = [UInt8](repeating: 0, count: length)
        let done = password.withUnsafeBytes { bytes in
            PKCS5_PBKDF2_HMAC(
                bytes.bindMemory(to: CChar.self).baseAddress, passwordLength, salt, saltLength, rounds,
                Algorithms.shared.sha256, outputLength, &output)
        }
        guard done == 1 else { throw .libraryFailure }
        return output
    }
}
