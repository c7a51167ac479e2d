/// What can be wrong with the frames around handshake messages and ciphertext.
package enum FrameError: Error, Equatable, Sendable {
    /// A payload to be sent is longer than the 24 bits of the header can tell.
    case tooLong(bytes: Int)
    /// A received header announces more than this state of the connection may send, in bytes.
    case announcedTooLong(bytes: Int, limit: Int)
}
