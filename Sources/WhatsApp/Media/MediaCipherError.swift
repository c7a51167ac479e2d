/// Why an encrypted file could not be written or read.
package enum MediaCipherError: Error, Equatable, Sendable {
    /// A media key or hash of this many bytes, where 32 belong.
    case invalidKey(Int)
    /// The file is too short to be one, or of no whole number of blocks.
    case tooShort(Int)
    /// More bytes than the message spoke of, or than are taken.
    case tooLong(limit: Int)
    /// What was downloaded is not what the message spoke of.
    case wrongEncryptedHash
    /// It was not encrypted with the message's key.
    case wrongCode
    /// The last block can not be read.
    case malformed
    /// What was decrypted is not what the message spoke of.
    case wrongHash
    /// It was decrypted to another length than the message spoke of.
    case wrongLength(Int)
    /// The path or address of the file can not be used.
    case invalidPath
    /// The cryptographic library failed.
    case libraryFailure
}
