import CryptoPrimitives

/// Where a file lies at the media hosts, and how it is decrypted and checked. Everything in it is the sender's claim.
package struct MediaDescriptor: Sendable, Equatable, Concealed {
    package let category: MediaCategory
    /// 32 bytes.
    package let mediaKey: [UInt8]
    /// 32 bytes, of the plaintext.
    package let fileSHA256: [UInt8]
    /// 32 bytes, of what is downloaded.
    package let fileEncSHA256: [UInt8]?
    /// Bytes of the plaintext; nil where the sender tells none.
    package let fileLength: UInt64?
    /// Begins with a slash.
    package var directPath: String?
    /// The older form of the address; only used where there is no path, and only on known hosts.
    package var url: String?

    package var concealedByteCount: Int { mediaKey.count }

    /// Longer ones come from no phone.
    package static let maximumPath = 2_048

    /// - Throws: `invalidKey`, `invalidPath`.
    package init(
        category: MediaCategory, mediaKey: [UInt8], fileSHA256: [UInt8], fileEncSHA256: [UInt8]?, fileLength: UInt64?, directPath: String?,
        url: String? = nil
    ) throws(MediaCipherError) {
        guard mediaKey.count == MediaKeys.keyLength else { throw .invalidKey(mediaKey.count) }
        guard fileSHA256.count == 32 else { throw .invalidKey(fileSHA256.count) }
        if let fileEncSHA256, fileEncSHA256.count != 32 { throw .invalidKey(fileEncSHA256.count) }
        self.category = category
        self.mediaKey = mediaKey
        self.fileSHA256 = fileSHA256
        self.fileEncSHA256 = fileEncSHA256
        self.fileLength = fileLength
        self.directPath = directPath.flatMap { MediaHostAddress.isPath($0) ? $0 : nil }
        self.url = url.flatMap { MediaHostAddress.isKnownHost($0) ? $0 : nil }
        guard self.directPath != nil || self.url != nil else { throw .invalidPath }
    }
}
