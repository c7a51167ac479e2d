import COpenSSL

/// Makes the certificates of the sandbox's TLS listener: an authority of its own, and a server certificate under it.
///
/// Through libcrypto, which this project uses anyway. Keys are P-256; all PEM.
struct TLSAuthority {
    struct Failure: Error, CustomStringConvertible {
        let step: String
        var description: String { "libcrypto could not \(step)" }
    }

    struct Issued {
        let authority: String
        let certificate: String
        let key: String
    }

    /// The service's own names besides those of this machine: a client with a fixed address reaches the sandbox through a proxy.
    static let names = ["localhost", "web.whatsapp.com", "mmg.whatsapp.net", "media.whatsapp.net"]
    /// Ten years: a directory of a sandbox may be kept with a project.
    private static let validSeconds = 3_650 * 86_400

    static func issue(serial: UInt64) throws(Failure) -> Issued {
        let authorityKey = try makeKey()
        defer { EVP_PKEY_free(authorityKey) }
        let authority = try makeCertificate(name: "WA-Connect sandbox authority", serial: serial, key: authorityKey)
        defer { X509_free(authority) }
        try extend(authority, issuer: authority, NID_basic_constraints, "critical,CA:TRUE")
        try extend(authority, issuer: authority, NID_key_usage, "critical,keyCertSign,cRLSign")
        try extend(authority, issuer: authority, NID_subject_key_identifier, "hash")
        try sign(authority, issuer: authority, key: authorityKey)
        let key = try makeKey()
        defer { EVP_PKEY_free(key) }
        let certificate = try makeCertificate(name: "WA-Connect sandbox", serial: serial &+ 1, key: key)
        defer { X509_free(certificate) }
        try extend(certificate, issuer: authority, NID_basic_constraints, "critical,CA:FALSE")
        try extend(certificate, issuer: authority, NID_key_usage, "critical,digitalSignature")
        try extend(certificate, issuer: authority, NID_ext_key_usage, "serverAuth")
        let alternatives = names.map { "DNS:\($0)" } + ["IP:127.0.0.1", "IP:::1"]
        try extend(certificate, issuer: authority, NID_subject_alt_name, alternatives.joined(separator: ","))
        try extend(certificate, issuer: authority, NID_authority_key_identifier, "keyid")
        try sign(certificate, issuer: authority, key: authorityKey)
        return Issued(
            authority: try pem { PEM_write_bio_X509($0, authority) }, certificate: try pem { PEM_write_bio_X509($0, certificate) },
            key: try pem { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) })
    }

    private static func makeKey() throws(Failure) -> OpaquePointer {
        let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_group_name(context, "P-256") == 1, EVP_PKEY_generate(context, &key) == 1,
            let key
        else { throw Failure(step: "make a key") }
        return key
    }

    private static func makeCertificate(name: String, serial: UInt64, key: OpaquePointer) throws(Failure) -> OpaquePointer {
        guard let certificate = X509_new() else { throw Failure(step: "make a certificate") }
        let subject = X509_get_subject_name(certificate)
        // Version 3 is written as 2. An hour back, for clocks that differ a little.
        guard X509_set_version(certificate, 2) == 1, ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial) == 1,
            X509_gmtime_adj(X509_getm_notBefore(certificate), -3_600) != nil,
            X509_gmtime_adj(X509_getm_notAfter(certificate), validSeconds) != nil,
            X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, -1, -1, 0) == 1, X509_set_pubkey(certificate, key) == 1
        else {
            X509_free(certificate)
            throw Failure(step: "fill a certificate")
        }
        return certificate
    }

    private static func extend(_ certificate: OpaquePointer, issuer: OpaquePointer, _ nid: Int32, _ value: String) throws(Failure) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer, certificate, nil, nil, 0)
        guard let item = X509V3_EXT_conf_nid(nil, &context, nid, value) else { throw Failure(step: "make the extension \(value)") }
        defer { X509_EXTENSION_free(item) }
        guard X509_add_ext(certificate, item, -1) == 1 else { throw Failure(step: "add the extension \(value)") }
    }

    private static func sign(_ certificate: OpaquePointer, issuer: OpaquePointer, key: OpaquePointer) throws(Failure) {
        guard X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1, X509_sign(certificate, key, EVP_sha256()) > 0 else {
            throw Failure(step: "sign a certificate")
        }
    }

    private static func pem(_ write: (OpaquePointer) -> Int32) throws(Failure) -> String {
        guard let memory = BIO_new(BIO_s_mem()) else { throw Failure(step: "write PEM") }
        defer { BIO_free(memory) }
        guard write(memory) == 1 else { throw Failure(step: "write PEM") }
        var bytes = [UInt8](repeating: 0, count: 1 << 14)
        let count = BIO_read(memory, &bytes, Int32(bytes.count))
        guard count > 0 else { throw Failure(step: "read PEM back") }
        return String(decoding: bytes.prefix(Int(count)), as: UTF8.self)
    }
}
