/// The server's reading of ``ConnectionHeader``: takes the header off the front of a stream that arrives in pieces.
package struct ConnectionHeaderDecoder: Sendable {
    /// What the bytes so far amount to.
    package enum Result: Equatable, Sendable {
        /// Bytes behind the header belong to the first frame.
        case complete(routingInfo: [UInt8]?, rest: [UInt8])
        case incomplete
        /// The stream does not begin like a client's, or announces routing information of absurd size.
        case refused
    }

    /// Bytes of routing information accepted; real ones have fewer than 100.
    static let maximumRoutingInfo = 4_096
    private var buffer: [UInt8] = []

    /// Before the first byte.
    package init() {}

    /// Takes the next bytes; not to be called again after ``Result/complete(routingInfo:rest:)`` or ``Result/refused``.
    package mutating func append(_ bytes: some Sequence<UInt8>) -> Result {
        buffer.append(contentsOf: bytes)
        guard buffer.starts(with: ConnectionHeader.routingMark) else { return header(after: 0, routingInfo: nil) }
        let lengthEnd = ConnectionHeader.routingMark.count + 3
        guard buffer.count >= lengthEnd else { return .incomplete }
        let length = buffer[ConnectionHeader.routingMark.count..<lengthEnd].reduce(0) { $0 << 8 | Int($1) }
        guard length <= Self.maximumRoutingInfo else { return .refused }
        guard buffer.count >= lengthEnd + length else { return .incomplete }
        return header(after: lengthEnd + length, routingInfo: Array(buffer[lengthEnd..<lengthEnd + length]))
    }

    private func header(after start: Int, routingInfo: [UInt8]?) -> Result {
        let found = buffer[start...].prefix(ConnectionHeader.bytes.count)
        if found.count < ConnectionHeader.bytes.count {
            let possible =
                ConnectionHeader.bytes.starts(with: found)
                || (routingInfo == nil && ConnectionHeader.routingMark.starts(with: found))
            return possible ? .incomplete : .refused
        }
        guard found.elementsEqual(ConnectionHeader.bytes) else { return .refused }
        return .complete(routingInfo: routingInfo, rest: Array(buffer[(start + ConnectionHeader.bytes.count)...]))
    }
}
