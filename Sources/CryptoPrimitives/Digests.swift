import COpenSSL

/// MD5 (RFC 1321), only where the protocol hashes public values with it.
package enum MD5 {
    /// The 16-byte digest of `message`.
    package static func hash(_ message: [UInt8]) -> [UInt8] { digest(message, by: Algorithms.shared.md5, length: 16) }
}

/// SHA-1 (FIPS 180-4), only where the protocol hashes public values with it.
package enum SHA1 {
    /// The 20-byte digest of `message`.
    package static func hash(_ message: [UInt8]) -> [UInt8] { digest(message, by: Algorithms.shared.sha1, length: 20) }
}

/// SHA-256 (FIPS 180-4).
package enum SHA256 {
    /// The 32-byte digest of `message`.
    package static func hash(_ message: [UInt8]) -> [UInt8] { digest(message, by: Algorithms.shared.sha256, length: 32) }
}

/// SHA-512 (FIPS 180-4).
package enum SHA512 {
    /// The 64-byte digest of `message`.
    package static func hash(_ message: [UInt8]) -> [UInt8] { digest(message, by: Algorithms.shared.sha512, length: 64) }
}

private func digest(_ message: [UInt8], by algorithm: OpaquePointer, length: Int) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: length)
    // The only failure left is that no memory could be had, where Swift itself would stop too.
    guard EVP_Digest(message, message.count, &output, nil, algorithm, nil) == 1 else { fatalError("libcrypto: out of memory") }
    return output
}
