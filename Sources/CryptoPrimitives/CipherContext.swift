import COpenSSL

/// One run of a block cipher mode over one input, given whole (``run(_:tag:)``) or in parts (``update(_:)``, ``finish()``): made, fed, finished, and gone.
struct CipherContext: ~Copyable {
    enum Direction: Int32 { case decrypt = 0, encrypt = 1 }

    private let pointer: OpaquePointer

    private init(owning pointer: OpaquePointer) { self.pointer = pointer }

    /// Key and vector lengths must have been checked by the caller: the library reads as many bytes as the mode asks for.
    static func start(
        _ algorithm: OpaquePointer, _ direction: Direction, key: [UInt8], iv: [UInt8]
    ) throws(CryptoError) -> CipherContext {
        guard let pointer = EVP_CIPHER_CTX_new() else { throw .libraryFailure }
        let context = CipherContext(owning: pointer)
        guard EVP_CipherInit_ex2(pointer, algorithm, key, iv, direction.rawValue, nil) == 1 else { throw .libraryFailure }
        return context
    }

    deinit { EVP_CIPHER_CTX_free(pointer) }

    /// Adds data that is authenticated but not encrypted (GCM only).
    borrowing func authenticate(_ data: [UInt8]) throws(CryptoError) {
        guard !data.isEmpty else { return }
        guard let length = Int32(exactly: data.count) else { throw .inputTooLong(data.count) }
        var written: Int32 = 0
        guard EVP_CipherUpdate(pointer, nil, &written, data, length) == 1 else { throw .libraryFailure }
    }

    /// Puts the whole of `input` through the cipher; nil where the final step refuses it (wrong tag, wrong padding).
    borrowing func run(_ input: [UInt8], tag: [UInt8]? = nil) throws(CryptoError) -> [UInt8]? {
        guard let length = Int32(exactly: input.count), length < Int32.max - 32 else { throw .inputTooLong(input.count) }
        var output = [UInt8](repeating: 0, count: input.count + Int(EVP_MAX_BLOCK_LENGTH))
        var written: Int32 = 0
        if length > 0, EVP_CipherUpdate(pointer, &output, &written, input, length) != 1 { throw .libraryFailure }
        if var tag, EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) != 1 {
            throw .libraryFailure
        }
        var last: Int32 = 0
        let finished = output.withUnsafeMutableBufferPointer { buffer -> Bool in
            let rest = UnsafeMutableBufferPointer(rebasing: buffer[Int(written)...])
            return EVP_CipherFinal_ex(pointer, rest.baseAddress, &last) == 1
        }
        guard finished else {
            ERR_clear_error()
            return nil
        }
        output.removeLast(output.count - Int(written) - Int(last))
        return output
    }

    /// Puts a part of the input through the cipher and gives what is complete by now.
    borrowing func update(_ part: [UInt8]) throws(CryptoError) -> [UInt8] {
        guard let length = Int32(exactly: part.count), length < Int32.max - 32 else { throw .inputTooLong(part.count) }
        guard length > 0 else { return [] }
        var output = [UInt8](repeating: 0, count: part.count + Int(EVP_MAX_BLOCK_LENGTH))
        var written: Int32 = 0
        guard EVP_CipherUpdate(pointer, &output, &written, part, length) == 1 else { throw .libraryFailure }
        output.removeLast(output.count - Int(written))
        return output
    }

    /// The rest after the last part; nil where it is refused (wrong length, wrong padding).
    borrowing func finish() -> [UInt8]? {
        var output = [UInt8](repeating: 0, count: Int(EVP_MAX_BLOCK_LENGTH))
        var written: Int32 = 0
        guard EVP_CipherFinal_ex(pointer, &output, &written) == 1 else {
            ERR_clear_error()
            return nil
        }
        output.removeLast(output.count - Int(written))
        return output
    }

    /// The 16-byte tag of what was encrypted (GCM only, after `run`).
    borrowing func tag() throws(CryptoError) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: AESGCM.tagLength)
        guard EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_GET_TAG, Int32(tag.count), &tag) == 1 else {
            throw .libraryFailure
        }
        return tag
    }
}
