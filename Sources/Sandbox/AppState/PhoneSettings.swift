import CryptoPrimitives
import Model
import WhatsApp

/// The shared settings as a phone knows them, with the keys that it has made.
struct PhoneSettings: Codable, Sendable {
    struct Collection: Codable, Sendable {
        var version: UInt64 = 0
        var hash = LTHash().bytes
        /// Value MACs by index MAC, both hexadecimal.
        var values: [String: String] = [:]
    }

    /// By epoch, from 1.
    private(set) var keys: [UInt32: [UInt8]] = [:]
    private var collections: [String: Collection] = [:]

    mutating func addKey(using rng: inout some RandomNumberGenerator) {
        keys[UInt32(keys.count) + 1] = Random.bytes(AppStateKey.dataLength, using: &rng)
    }

    /// Device 0 and the epoch.
    static func id(_ epoch: UInt32) -> [UInt8] { [0, 0] + epoch.bigEndianBytes(4) }

    private func mutationKeys(_ id: [UInt8]) -> MutationKeys? {
        keys[AppStateKey.epoch(of: id)].map { MutationKeys(AppStateKey(id: id, data: $0, timestamp: 0)) }
    }

    /// Reads what other devices have written.
    /// - Throws: what a real phone would not accept.
    mutating func read(_ patches: ArraySlice<[UInt8]>, _ name: AppStateCollection) throws(Refusal) {
        for bytes in patches {
            do throws(AppStateError) {
                guard case .patch(let patch) = try AppStatePatch.read(bytes) else { throw .malformed("external") }
                var known: [[UInt8]: MutationKeys] = [:]
                for id in patch.keyIDs { known[id] = mutationKeys(id) }
                let update = try patch.apply(
                    to: try state(name), of: name, keys: known, known: values(name), isStrict: true)
                keep(update, name)
            } catch {
                throw .unreadable("\(name.rawValue): a patch that the phone can not take: \(error)")
            }
        }
    }

    /// Writes changes with the newest key.
    mutating func write(
        _ mutations: [AppStateMutation], _ name: AppStateCollection, using rng: inout some RandomNumberGenerator
    ) throws(Refusal) -> [UInt8] {
        if keys.isEmpty { addKey(using: &rng) }
        guard let newest = mutationKeys(Self.id(UInt32(keys.count))) else { throw .unreadable("no key") }
        do throws(AppStateError) {
            let writer = AppStatePatchWriter(name, keys: newest)
            let (bytes, update) = try writer.write(mutations, on: state(name), known: values(name), using: &rng)
            keep(update, name)
            return bytes
        } catch {
            throw .unreadable("\(name.rawValue) can not be written: \(error)")
        }
    }

    func version(_ name: AppStateCollection) -> UInt64 { collections[name.rawValue]?.version ?? 0 }

    private func state(_ name: AppStateCollection) throws(AppStateError) -> CollectionState {
        guard let known = collections[name.rawValue] else { return .empty }
        guard let hash = LTHash(known.hash) else { throw .malformed("hash") }
        return CollectionState(version: known.version, hash: hash)
    }

    private func values(_ name: AppStateCollection) -> [[UInt8]: [UInt8]] {
        var values: [[UInt8]: [UInt8]] = [:]
        for (index, value) in collections[name.rawValue]?.values ?? [:] {
            if let index = Hex.decode(index) { values[index] = Hex.decode(value) }
        }
        return values
    }

    private mutating func keep(_ update: AppStateUpdate, _ name: AppStateCollection) {
        var known = collections[name.rawValue] ?? Collection()
        known.version = update.state.version
        known.hash = update.state.hash.bytes
        for (index, value) in update.valueMACs { known.values[Hex.encode(index)] = value.map { Hex.encode($0) } }
        collections[name.rawValue] = known
    }
}
