/// Why a node was not sent. The connection is as it was before.
package enum ConnectionError: Error, Equatable, Sendable {
    /// Before the end of the handshake or after the close.
    case notOpen
    /// A list of the node has more than 65,535 entries, or the node more bytes than a frame holds.
    case tooLong
}
