import Glibc
import Model
import NIOCore
import NIOWebSocket

/// Owns the simulation and its sockets. Everything in here happens on one event loop.
final class SandboxHost {
    /// A control request that is answered when something has happened, or at its deadline.
    private struct Waiter {
        let check: (World) -> ControlResponse?
        let finish: (ControlResponse) -> Void
    }

    let loop: any EventLoop
    private(set) var world: World
    private var channels: [ConnectionID: any Channel] = [:]
    private var waiters: [Int: Waiter] = [:]
    private var waiterCount = 0

    /// Keeps the state, where it is to be kept; called some time after a change and at the end.
    var keep: ((WorldState) -> Void)?
    private var isChanged = false

    /// Control requests that may wait at a time.
    static let waiterLimit = 256
    static let tickInterval = TimeAmount.milliseconds(500)
    /// How many times as long as a save took none follows by itself.
    private static let restAfterSaving = 20
    private var nextSave = ContinuousClock.now

    /// Writes frames cut at random places into WebSocket messages, to test the buffers of clients.
    private let splitsFrames: Bool

    init(loop: any EventLoop, world: World, splitsFrames: Bool = false) {
        self.loop = loop
        self.splitsFrames = splitsFrames
        self.world = world
    }

    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    func opened(_ channel: any Channel) -> ConnectionID {
        let id = world.opened(now: Self.now)
        channels[id] = channel
        return id
    }

    func received(_ bytes: [UInt8], on id: ConnectionID) { change { $0.received(bytes, on: id, now: Self.now) } }

    func closed(_ id: ConnectionID) {
        channels[id] = nil
        change { $0.closed(id, now: Self.now) }
    }

    func tick() {
        if ContinuousClock.now >= nextSave { save() }
        let wasChanged = isChanged
        change { $0.tick(now: Self.now) }
        // Time alone changes nothing that is kept.
        isChanged = wasChanged
    }

    func save() {
        guard isChanged, let keep else { return }
        isChanged = false
        let began = ContinuousClock.now
        keep(world.state)
        // A simulation that has seen much takes long to write, and nobody is served meanwhile.
        nextSave = .now + (.now - began) * Self.restAfterSaving
    }

    func note(_ refusal: Refusal, _ who: String) {
        change {
            $0.service.now = Self.now
            $0.service.note(refusal, who)
        }
    }

    /// Lets the simulation take an event, writes what it has to say, and wakes those who wait for it.
    @discardableResult
    func change<Result>(_ event: (inout World) throws(ControlError) -> Result) throws(ControlError) -> Result {
        isChanged = true
        defer {
            for action in world.takeActions() { perform(action) }
            wake()
        }
        return try event(&world)
    }

    /// As the throwing one, for events that can not be refused.
    private func change(_ event: (inout World) -> Void) {
        isChanged = true
        event(&world)
        for action in world.takeActions() { perform(action) }
        wake()
    }

    /// Answers as soon as `check` does, or with `fallback` after `milliseconds`.
    func wait(
        milliseconds: Int64, until check: @escaping (World) -> ControlResponse?, fallback: @escaping (World) -> ControlResponse,
        finish: @escaping (ControlResponse) -> Void
    ) {
        if let response = check(world) {
            finish(response)
            return
        }
        guard milliseconds > 0, waiters.count < Self.waiterLimit else {
            finish(fallback(world))
            return
        }
        waiterCount += 1
        let number = waiterCount
        waiters[number] = Waiter(check: check, finish: finish)
        let bound = NIOLoopBound((self, fallback), eventLoop: loop)
        loop.scheduleTask(in: .milliseconds(milliseconds)) {
            let (host, fallback) = bound.value
            host.waiters.removeValue(forKey: number)?.finish(fallback(host.world))
        }
    }

    private func wake() {
        for (number, waiter) in waiters {
            guard let response = waiter.check(world) else { continue }
            waiters[number] = nil
            waiter.finish(response)
        }
    }

    private static func pieces(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        let cut = Int.random(in: 0...bytes.count)
        return [bytes[..<cut], bytes[cut...]].filter { !$0.isEmpty }
    }

    private func perform(_ action: ServiceAction) {
        switch action {
        case .write(let id, let bytes):
            guard let channel = channels[id] else { return }
            for piece in splitsFrames ? Self.pieces(of: bytes) : [bytes[...]] {
                channel.write(WebSocketFrame(fin: true, opcode: .binary, data: channel.allocator.buffer(bytes: piece)), promise: nil)
            }
            channel.flush()
        case .close(let id):
            guard let channel = channels.removeValue(forKey: id) else { return }
            var code = channel.allocator.buffer(capacity: 2)
            code.write(webSocketErrorCode: .normalClosure)
            let done = channel.writeAndFlush(WebSocketFrame(fin: true, opcode: .connectionClose, data: code))
            done.whenComplete { _ in channel.close(promise: nil) }
        }
    }
}
