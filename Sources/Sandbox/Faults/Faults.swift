import WhatsApp

/// Trouble that was ordered, to see how a client copes. Not kept when the sandbox ends.
struct Faults: Sendable {
    /// How many of the next messages to a device arrive damaged.
    private var damaged: [DeviceAddress: Int] = [:]
    /// Devices whose messages come in disorder.
    private(set) var noise: [DeviceAddress: Noise] = [:]
    /// Accounts, by number, of whose devices nobody is told when they come or go.
    var quiet: Set<String> = []

    /// How many of the next answers about settings to a device carry a wrong sum.
    private var miscounted: [DeviceAddress: Int] = [:]

    mutating func miscount(_ count: Int, for address: DeviceAddress) { miscounted[address] = max(0, min(count, Self.damageLimit)) }

    mutating func miscounts(for address: DeviceAddress) -> Bool {
        guard let left = miscounted[address], left > 0 else { return false }
        miscounted[address] = left - 1
        return true
    }

    /// The most that one order may damage.
    static let damageLimit = 100

    mutating func damage(_ count: Int, for address: DeviceAddress) { damaged[address] = count }

    /// The stanza as the device gets it: with the last byte of each ciphertext changed where that was ordered.
    mutating func applied(to stanza: Node, for address: DeviceAddress) -> Node {
        guard stanza.tag == "message" else { return stanza }
        if let left = damaged[address], left > 0 {
            damaged[address] = left - 1
        } else if noise[address]?.damagesNext() != true {
            return stanza
        }
        var stanza = stanza
        stanza.content = .nodes(stanza.children.map { $0.tag == "enc" ? Self.changed($0) : $0 })
        return stanza
    }

    mutating func disturb(_ address: DeviceAddress, _ shares: Noise.Shares, seed: UInt64) {
        noise[address] = shares.isSilent ? nil : Noise(shares, seed: seed)
    }

    /// What is written in the stanza's place.
    mutating func shaped(_ stanza: Node, for address: DeviceAddress) -> [Node] { noise[address]?.shaped(stanza) ?? [stanza] }

    /// What was to be overtaken, and was not.
    mutating func takeHeld(for address: DeviceAddress) -> [Node] { noise[address]?.takeHeld() ?? [] }

    private static func changed(_ enc: Node) -> Node {
        guard var bytes = enc.bytes, let last = bytes.popLast() else { return enc }
        var enc = enc
        enc.content = .bytes(bytes + [last ^ 1])
        return enc
    }
}
