/// Why a stanza of the service, or what it carries, could not be used.
package enum StanzaError: Error, Equatable, Sendable {
    /// An attribute or child of this name is missing or has no usable value.
    case missing(String)
    /// A value of this name has a wrong shape or length.
    case invalid(String)
    /// The service answered a query with an error; `backoff` is the time in seconds that it asks to wait.
    case refused(code: Int, text: String, backoff: Int?)
    /// A protobuf inside could not be read.
    case malformedProtobuf
    /// A protobuf of ours could not be written; only sizes beyond 2 GiB lead here.
    case unencodable
}
