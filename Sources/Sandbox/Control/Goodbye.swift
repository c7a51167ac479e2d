import WhatsApp

/// How the service ends a connection on demand. Source: protocol notes on transport, section 9.
struct Goodbye: Equatable, Sendable {
    /// nil cuts the connection without a word.
    let stanza: Node?

    static let names = "cut, end, replaced, device_removed, conflict, ack, or a stream error code such as 503"

    /// - Parameter name: as in ``names``; empty is `cut`.
    init?(_ name: String) {
        switch name {
        case "", "cut": stanza = nil
        case "end": stanza = Node("xmlstreamend")
        case "replaced", "conflict": stanza = Node("stream:error", [:], [Node("conflict", ["type": "replaced"])])
        case "device_removed": stanza = Node("stream:error", ["code": "401"], [Node("conflict", ["type": "device_removed"])])
        case "ack": stanza = Node("stream:error", [:], [Node("ack", ["class": "notification", "id": "0"])])
        default:
            guard let code = Int(name), (100...999).contains(code) else { return nil }
            stanza = Node("stream:error", ["code": .text("\(code)")])
        }
    }
}

extension Service {
    /// - Returns: false where the device is not connected.
    mutating func disconnect(_ address: DeviceAddress, _ goodbye: Goodbye) -> Bool {
        guard let id = online[address] else { return false }
        note(.control, address, "disconnected: \(goodbye.stanza.map(StanzaSummary.of) ?? "cut")")
        if let stanza = goodbye.stanza { write(stanza, on: id) }
        close(id, after: goodbye.stanza == nil ? 0 : 200)
        return true
    }
}
