/// Why a part of the history can not be read on.
package enum HistoryError: Error, Equatable, Sendable {
    /// zlib's code.
    case inflate(Int32)
    /// The stream, or one element of it, ends too early.
    case truncated
    /// More than the limit when unpacked.
    case tooLong(limit: Int)
    /// No protobuf.
    case malformed
    /// A chat that names itself only behind more messages than are kept waiting.
    case namelessChat
}
