import COpenSSL

/// OpenSSL's implementations of the algorithms in use, fetched once.
///
/// They come from a library context of our own: the host's `openssl.cnf` configures only the default one, so a host
/// in FIPS mode cannot take MD5 or SHA-1 away.
struct Algorithms: @unchecked Sendable {  // The pointers are reference-counted, immutable and never freed.
    static let shared = Algorithms()

    let md5: OpaquePointer
    let sha1: OpaquePointer
    let sha256: OpaquePointer
    let sha512: OpaquePointer
    let aes256GCM: OpaquePointer
    let aes256CBC: OpaquePointer
    let aes256CTR: OpaquePointer

    private init() {
        let context = OSSL_LIB_CTX_new()
        func digest(_ name: String) -> OpaquePointer { Self.present(EVP_MD_fetch(context, name, nil), name) }
        func cipher(_ name: String) -> OpaquePointer { Self.present(EVP_CIPHER_fetch(context, name, nil), name) }
        md5 = digest("MD5")
        sha1 = digest("SHA1")
        sha256 = digest("SHA256")
        sha512 = digest("SHA512")
        aes256GCM = cipher("AES-256-GCM")
        aes256CBC = cipher("AES-256-CBC")
        aes256CTR = cipher("AES-256-CTR")
    }

    /// Ends the program where the library was built without an algorithm: an installation fault that no input can cause.
    private static func present(_ algorithm: OpaquePointer?, _ name: String) -> OpaquePointer {
        guard let algorithm else { fatalError("libcrypto offers no \(name)") }
        return algorithm
    }
}
