import COpenSSL
import CSodium

/// The group of Ed25519, as far as XEdDSA needs it; the arithmetic is libsodium's. Points and scalars are 32 bytes.
enum EdwardsGroup {
    /// The encoding of scalar × base point. Never gives the neutral element.
    static func multiplyBase(by scalar: [UInt8]) throws(CryptoError) -> [UInt8] {
        var point = [UInt8](repeating: 0, count: 32)
        guard crypto_scalarmult_ed25519_base_noclamp(&point, scalar) == 0 else { throw .libraryFailure }
        return point
    }

    /// A little-endian number of at most 64 bytes, reduced by the order of the group.
    static func scalar(reducing number: [UInt8]) -> [UInt8] {
        let wide = number + [UInt8](repeating: 0, count: 64 - number.count)
        var scalar = [UInt8](repeating: 0, count: 32)
        crypto_core_ed25519_scalar_reduce(&scalar, wide)
        return scalar
    }

    /// a × b + c, for reduced scalars.
    static func multiplyAdd(_ a: [UInt8], _ b: [UInt8], _ c: [UInt8]) -> [UInt8] {
        var product = [UInt8](repeating: 0, count: 32)
        crypto_core_ed25519_scalar_mul(&product, a, b)
        var sum = [UInt8](repeating: 0, count: 32)
        crypto_core_ed25519_scalar_add(&sum, product, c)
        return sum
    }

    /// The Edwards point, its sign bit clear, of a Curve25519 public key: y = (u - 1) / (u + 1) modulo 2^255 - 19
    /// (RFC 7748, section 4.1).
    ///
    /// Public data, so the big-number library need not take constant time. Nil where u is not below the modulus or has
    /// no counterpart (u = -1).
    static func encodedPoint(ofMontgomery key: [UInt8]) -> [UInt8]? {
        var bytes = key
        guard let context = BN_CTX_new() else { return nil }
        defer { BN_CTX_free(context) }
        BN_CTX_start(context)
        defer { BN_CTX_end(context) }
        guard let modulus = BN_CTX_get(context), let u = BN_CTX_get(context), let numerator = BN_CTX_get(context),
            let denominator = BN_CTX_get(context), let y = BN_CTX_get(context)
        else { return nil }
        guard BN_lebin2bn(fieldModulus, 32, modulus) != nil, BN_lebin2bn(bytes, 32, u) != nil, BN_cmp(u, modulus) < 0,
            BN_mod_sub(numerator, u, BN_value_one(), modulus, context) == 1,
            BN_mod_add(denominator, u, BN_value_one(), modulus, context) == 1
        else { return nil }
        guard BN_mod_inverse(denominator, denominator, modulus, context) != nil else {
            ERR_clear_error()
            return nil
        }
        guard BN_mod_mul(y, numerator, denominator, modulus, context) == 1, BN_bn2lebinpad(y, &bytes, 32) == 32 else {
            return nil
        }
        return bytes
    }

    /// 2^255 - 19, little endian.
    private static let fieldModulus: [UInt8] = [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]
}
