import CryptoPrimitives
import Model
import Signal
import Testing
import WhatsApp

@testable import Sandbox

/// A simulation with a clock of its own, and the clients that are connected to it: no sockets, no waiting.
final class Network {
    var world: World
    var now = Timestamp(seconds: 1_790_000_000)
    private var clients: [ConnectionID: TestClient] = [:]

    init(seed: UInt64 = 1, settings: ServiceSettings = ServiceSettings()) throws {
        var rng = Randomness.seeded(seed)
        let identity = try ServiceIdentity(rootKey: KeyPair.generate(using: &rng), now: now, using: &rng)
        world = World(service: Service(identity: identity, settings: settings, rng: rng, now: now))
    }

    var rootKey: [UInt8] { world.service.identity.rootKey.publicKey.bytes }
    var journal: [Journal.Line] { world.service.journal.lines }
    /// Texts of everything that was refused.
    var refused: [String] { journal.filter { $0.kind == .refused }.map(\.text) }
    var missingAcks: [String] { journal.filter { $0.kind == .acknowledgement }.map(\.text) }

    @discardableResult
    func addPhone(_ number: String, _ name: String = "Somebody") throws -> Phone {
        let phone = world.addPhone(number: number, name: name)
        return try #require(phone)
    }

    func open(_ client: TestClient) -> ConnectionID {
        let id = world.opened(now: now)
        clients[id] = client
        return id
    }

    func write(_ bytes: [UInt8], on id: ConnectionID) {
        world.received(bytes, on: id, now: now)
        carryOut()
    }

    func close(_ id: ConnectionID) {
        clients[id] = nil
        world.closed(id, now: now)
        carryOut()
    }

    func advance(seconds: Int64) {
        now = now.adding(milliseconds: seconds * 1_000)
        world.tick(now: now)
        carryOut()
    }

    func change<Result>(_ event: (inout World, Timestamp) throws -> Result) rethrows -> Result {
        defer { carryOut() }
        return try event(&world, now)
    }

    /// Hands bytes to the clients until nobody has anything to say.
    func carryOut() {
        while true {
            let actions = world.takeActions()
            if actions.isEmpty { return }
            for action in actions {
                switch action {
                case .write(let id, let bytes): clients[id]?.feed(bytes)
                case .close(let id):
                    // An earlier connection of the same client may end late.
                    if clients[id]?.connection == id { clients[id]?.isClosed = true }
                    clients[id] = nil
                    world.closed(id, now: now)
                }
            }
        }
    }
}
