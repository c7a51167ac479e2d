import CryptoPrimitives

/// Encrypts a file part by part, as it is uploaded: ciphertext, then ten bytes of a code over it.
package struct MediaEncryptor: ~Copyable {
    /// What the message tells of the file.
    package struct Facts: Equatable, Sendable {
        package let fileSHA256: [UInt8]
        package let fileEncSHA256: [UInt8]
        /// Bytes of the plaintext.
        package let fileLength: Int
        /// Bytes of what is uploaded.
        package let encryptedLength: Int
        /// For video and audio; else empty.
        package let sidecar: [UInt8]
    }

    static let codeLength = 10
    static let blockLength = 16

    private let cipher: AESCBCStream
    private var code: HMACSHA256Stream
    private var plain = SHA256Stream()
    private var encrypted = SHA256Stream()
    private var sidecar: StreamingSidecar?
    private var length = 0
    private var encryptedLength = 0

    package init(_ keys: MediaKeys, category: MediaCategory) throws(MediaCipherError) {
        guard let cipher = try? AESCBCStream.encrypting(key: keys.cipherKey, iv: keys.iv) else { throw .libraryFailure }
        self.cipher = cipher
        code = HMACSHA256Stream(key: keys.macKey)
        code.update(keys.iv)
        sidecar = nil
        if category == .video || category == .audio {
            sidecar = StreamingSidecar(key: keys.macKey)
            sidecar?.update(keys.iv)
        }
    }

    /// How long a file becomes: padding and code.
    package static func encryptedLength(of length: Int) -> Int { (length / blockLength + 1) * blockLength + codeLength }

    /// The next bytes to upload.
    package mutating func update(_ part: [UInt8]) throws(MediaCipherError) -> [UInt8] {
        plain.update(part)
        length += part.count
        guard let ciphertext = try? cipher.update(part) else { throw .libraryFailure }
        take(ciphertext)
        return ciphertext
    }

    /// The last bytes to upload, and what the message has to tell.
    package consuming func finish() throws(MediaCipherError) -> (last: [UInt8], facts: Facts) {
        guard let block = Self.finished(cipher) else { throw .libraryFailure }
        code.update(block)
        let mac = Array(code.code().prefix(Self.codeLength))
        let last = block + mac
        encrypted.update(last)
        sidecar?.update(last)
        let facts = Facts(
            fileSHA256: plain.digest(), fileEncSHA256: encrypted.digest(), fileLength: length,
            encryptedLength: encryptedLength + last.count, sidecar: Self.codes(sidecar))
        return (last, facts)
    }

    private mutating func take(_ ciphertext: [UInt8]) {
        encryptedLength += ciphertext.count
        code.update(ciphertext)
        encrypted.update(ciphertext)
        sidecar?.update(ciphertext)
    }

    private static func finished(_ cipher: consuming AESCBCStream) -> [UInt8]? {
        do { return try cipher.finish() } catch { return nil }
    }

    private static func codes(_ sidecar: consuming StreamingSidecar?) -> [UInt8] {
        switch consume sidecar {
        case .some(let sidecar): return sidecar.finish()
        case .none: return []
        }
    }
}
