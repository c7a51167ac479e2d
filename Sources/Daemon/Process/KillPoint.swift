#if DEBUG
    import Glibc
    import Synchronization

    /// Kills or freezes this process at a chosen ``Checkpoint``, for the tests of durability; not part of a release.
    ///
    /// `WA_KILL_AT=encrypted` at the first time, `encrypted:3` at the third; `message-queued+written` at the first frame that was
    /// written to the socket after that. `WA_STOP_AT` likewise, with SIGSTOP.
    final class KillPoint: Sendable {
        private struct State {
            var passesLeft: Int
            var isArmed = false
        }

        private let signal: Int32
        private let checkpoint: Checkpoint
        private let waitsForFrame: Bool
        private let state: Mutex<State>

        /// nil where neither variable is set.
        static func ofEnvironment() -> KillPoint? { of("WA_KILL_AT", SIGKILL) ?? of("WA_STOP_AT", SIGSTOP) }

        private static func of(_ variable: String, _ signal: Int32) -> KillPoint? {
            guard let text = getenv(variable).map({ String(cString: $0) }), !text.isEmpty else { return nil }
            guard let point = KillPoint(text, signal) else {
                let complaint = Array("\(variable): there is no step \(text)\n".utf8)
                write(STDERR_FILENO, complaint, complaint.count)
                exit(2)
            }
            return point
        }

        private init?(_ text: String, _ signal: Int32) {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let words = parts[0].split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
            guard let checkpoint = Checkpoint(rawValue: String(words[0])), words.count == 1 || words[1] == "written",
                let passes = parts.count == 1 ? 1 : Int(parts[1]), passes > 0
            else { return nil }
            self.signal = signal
            self.checkpoint = checkpoint
            waitsForFrame = words.count == 2
            state = Mutex(State(passesLeft: passes))
        }

        func pass(_ reached: Checkpoint) {
            guard reached == checkpoint else { return }
            let isDue = state.withLock {
                $0.passesLeft -= 1
                return $0.passesLeft == 0
            }
            guard isDue else { return }
            if waitsForFrame { return state.withLock { $0.isArmed = true } }
            die()
        }

        func frameWritten() {
            let isDue = state.withLock { state in
                defer { state.isArmed = false }
                return state.isArmed
            }
            if isDue { die() }
        }

        /// Connections made so report the frames that have left.
        func watching(_ connect: @escaping @Sendable () async throws -> any Transport) -> @Sendable () async throws -> any Transport {
            { KillingTransport(transport: try await connect(), point: self) }
        }

        private func die() { kill(getpid(), signal) }
    }

    /// Tells the kill point of frames that have left.
    struct KillingTransport: Transport {
        let transport: any Transport
        let point: KillPoint

        var inbound: AsyncThrowingStream<[UInt8], any Error> { transport.inbound }
        func isBehind() -> Bool { transport.isBehind() }
        func close() async { await transport.close() }
        func write(_ bytes: [UInt8]) async throws {
            try await transport.write(bytes)
            point.frameWritten()
        }
    }
#endif
