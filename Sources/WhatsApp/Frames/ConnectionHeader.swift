/// The bytes that a client sends once, in front of its first frame. Source: protocol notes on transport, section 2.
package enum ConnectionHeader {
    /// "WA", protocol 6, token dictionary version 3. It also opens the hash of the Noise handshake.
    package static let bytes: [UInt8] = [0x57, 0x41, 0x06, 0x03]
    /// "ED", 0, 1: routing information follows.
    static let routingMark: [UInt8] = [0x45, 0x44, 0x00, 0x01]

    /// - Parameter routingInfo: the last `<edge_routing>` value that the service gave this session. The service may ignore it;
    ///   drop it when a connection made with it fails. One too long for its length field is left out. It is no part of the Noise hash.
    package static func encode(routingInfo: [UInt8]? = nil) -> [UInt8] {
        guard let routingInfo, !routingInfo.isEmpty, routingInfo.count <= Frame.maximumPayload else { return bytes }
        return routingMark + Frame.bigEndian24(routingInfo.count) + routingInfo + bytes
    }
}
