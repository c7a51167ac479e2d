import Signal

/// A paired client: what the service remembers between its connections.
struct LinkedDevice: Codable, Sendable {
    let number: UInt16
    /// Index in the account's signed key index list.
    let keyIndex: UInt32
    /// Static key of its Noise handshakes: who connects with another one is not this device.
    let noiseKey: [UInt8]
    /// Serialized `ADVSignedDeviceIdentity` with all four fields; goes out with its bundles.
    let signedIdentity: [UInt8]
    /// Shown on the phone, from the client's device properties.
    let platform: String
    var keys: PreKeyRegister
    var queue = DeliveryQueue()
    /// It has said `<active/>` at least once since it was paired.
    var wasActive = false
    /// Set by `<presence type="available">`, forgotten when the connection ends.
    var isAvailable = false
    /// Accounts whose device lists it asked for: it is told about changes.
    var watches: Set<String> = []
    /// Ids of messages it sent, oldest first, so that a repeated one is not delivered again.
    var sent = RecentMessages()
}

/// The last messages that one device sent, by id, with a digest of the bytes.
struct RecentMessages: Codable, Sendable {
    static let capacity = 2_000
    private var order: [String] = []
    private var digests: [String: [UInt8]] = [:]
    private var times: [String: Int64] = [:]

    struct Earlier: Equatable {
        var digest: [UInt8]
        /// Unix seconds of the first acknowledgement.
        var time: Int64
    }

    subscript(id: String) -> Earlier? {
        guard let digest = digests[id], let time = times[id] else { return nil }
        return Earlier(digest: digest, time: time)
    }

    mutating func insert(_ id: String, digest: [UInt8], time: Int64) {
        if digests.updateValue(digest, forKey: id) == nil { order.append(id) }
        times[id] = time
        guard order.count > Self.capacity else { return }
        let oldest = order.removeFirst()
        digests[oldest] = nil
        times[oldest] = nil
    }
}
