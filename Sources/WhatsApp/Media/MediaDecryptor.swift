import CryptoPrimitives

/// Decrypts a downloaded file part by part. What comes out may be kept in a file of nobody's until ``finish()`` has agreed with all of it.
package struct MediaDecryptor: ~Copyable {
    private let descriptor: MediaDescriptor
    private let cipher: AESCBCStream
    private var code: HMACSHA256Stream
    private var plain = SHA256Stream()
    private var encrypted = SHA256Stream()
    /// The last bytes so far: the code stands at the end.
    private var tail: [UInt8] = []
    private var length = 0
    private var encryptedLength = 0
    private let limit: Int

    /// - Parameter limit: bytes of plaintext that are taken at most, whatever the message says.
    package init(_ descriptor: MediaDescriptor, limit: Int) throws(MediaCipherError) {
        let keys = try MediaKeys(descriptor.mediaKey, for: descriptor.category)
        guard let cipher = try? AESCBCStream.decrypting(key: keys.cipherKey, iv: keys.iv) else { throw .libraryFailure }
        self.descriptor = descriptor
        self.cipher = cipher
        self.limit = limit
        code = HMACSHA256Stream(key: keys.macKey)
        code.update(keys.iv)
    }

    /// The plaintext that can be told by now; not to be trusted before ``finish()``.
    package mutating func update(_ part: [UInt8]) throws(MediaCipherError) -> [UInt8] {
        encryptedLength += part.count
        guard encryptedLength <= MediaEncryptor.encryptedLength(of: limit) else { throw .tooLong(limit: limit) }
        encrypted.update(part)
        let all = tail + part
        let ciphertext = Array(all.dropLast(MediaEncryptor.codeLength))
        tail = Array(all.suffix(MediaEncryptor.codeLength))
        code.update(ciphertext)
        guard let plaintext = try? cipher.update(ciphertext) else { throw .libraryFailure }
        length += plaintext.count
        plain.update(plaintext)
        return plaintext
    }

    /// The last bytes of the plaintext. Nothing of the file may be used before this has returned.
    package consuming func finish() throws(MediaCipherError) -> [UInt8] {
        let (code, tail, descriptor, encryptedLength) = (code.code(), tail, descriptor, encryptedLength)
        guard encryptedLength >= MediaEncryptor.encryptedLength(of: 0),
            (encryptedLength - MediaEncryptor.codeLength) % MediaEncryptor.blockLength == 0
        else { throw .tooShort(encryptedLength) }
        // Some files of the service's own come without this hash; the code below names the key all the same.
        let encryptedHash = encrypted.digest()
        if let expected = descriptor.fileEncSHA256, encryptedHash != expected { throw .wrongEncryptedHash }
        guard ConstantTime.equal(Array(code.prefix(MediaEncryptor.codeLength)), tail) else { throw .wrongCode }
        guard let last = Self.finished(cipher) else { throw .malformed }
        plain.update(last)
        let length = length + last.count
        guard plain.digest() == descriptor.fileSHA256 else { throw .wrongHash }
        if let expected = descriptor.fileLength, expected != UInt64(length) { throw .wrongLength(length) }
        return last
    }

    private static func finished(_ cipher: consuming AESCBCStream) -> [UInt8]? {
        do { return try cipher.finish() } catch { return nil }
    }
}
