import FoundationEssentials

/// Everything of a simulation that outlives its process: people, phones, linked devices and their queues.
///
/// Connections, pairings under way, the journal and what was seen of ciphertexts are not part of it.
struct WorldState: Codable, Sendable {
    /// Raised when the form changes; another one is refused.
    static let currentFormat = 3

    var format = currentFormat
    var accounts: [Account]
    var phones: [Phone]
    var groups: [Group]
    var channels: [Newsletter]
    /// Ids of stanzas go on where they ended, as queued ones keep theirs.
    var stanzaCount: UInt64

    enum Failure: Error, CustomStringConvertible {
        case otherFormat(Int)

        var description: String {
            switch self {
            case .otherFormat(let format): "the state was written in form \(format); this sandbox reads \(WorldState.currentFormat)"
            }
        }
    }

    func serialized() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Array(try encoder.encode(self))
    }

    init(accounts: [Account], phones: [Phone], groups: [Group], channels: [Newsletter], stanzaCount: UInt64) {
        self.groups = groups
        self.channels = channels
        self.accounts = accounts
        self.phones = phones
        self.stanzaCount = stanzaCount
    }

    init(serialized bytes: [UInt8]) throws {
        struct Header: Decodable { let format: Int }
        let format = try JSONDecoder().decode(Header.self, from: Data(bytes)).format
        guard format == Self.currentFormat else { throw Failure.otherFormat(format) }
        self = try JSONDecoder().decode(WorldState.self, from: Data(bytes))
    }
}

extension World {
    var state: WorldState {
        WorldState(
            accounts: service.accounts.values.sorted { $0.number < $1.number }, phones: phones.values.sorted { $0.number < $1.number },
            groups: service.groups.values.sorted { $0.id < $1.id }, channels: service.channels.values.sorted { $0.id < $1.id },
            stanzaCount: service.stanzaCount)
    }

    /// Takes up a state into a fresh simulation.
    mutating func restore(_ state: WorldState) {
        for account in state.accounts { service.add(account) }
        for phone in state.phones { phones[phone.number] = phone }
        for group in state.groups { service.groups[group.id] = group }
        for channel in state.channels { service.channels[channel.id] = channel }
        service.stanzaCount = state.stanzaCount
    }
}
