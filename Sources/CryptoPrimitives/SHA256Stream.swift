import COpenSSL

/// SHA-256 over input that comes in parts (FIPS 180-4).
package struct SHA256Stream: ~Copyable {
    private let pointer: OpaquePointer

    package init() {
        // The only failures are that no memory could be had, where Swift itself would stop too.
        guard let pointer = EVP_MD_CTX_new(), EVP_DigestInit_ex2(pointer, Algorithms.shared.sha256, nil) == 1 else {
            fatalError("libcrypto: out of memory")
        }
        self.pointer = pointer
    }

    deinit { EVP_MD_CTX_free(pointer) }

    package mutating func update(_ part: some Collection<UInt8>) {
        let updated: Int32? = part.withContiguousStorageIfAvailable { EVP_DigestUpdate(pointer, $0.baseAddress, $0.count) }
        guard (updated ?? Array(part).withUnsafeBytes { EVP_DigestUpdate(pointer, $0.baseAddress, $0.count) }) == 1 else {
            fatalError("libcrypto: digest failed")
        }
    }

    /// The 32-byte digest of all parts. Ends the stream.
    package consuming func digest() -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 32)
        guard EVP_DigestFinal_ex(pointer, &output, nil) == 1 else { fatalError("libcrypto: digest failed") }
        return output
    }
}
