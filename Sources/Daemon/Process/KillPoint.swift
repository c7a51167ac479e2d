#if DEBUG
    import Glibc
    import Synchronization

    /// Kills this process at a chosen ``Checkpoint``, for the tests of durability; not part of a release.
    ///
    /// `WA_KILL_AT=encrypted` at the first time, `encrypted:3` at the third; `message-queued+written` at the first frame that was
    /// written to the socket after that.
    final class KillPoint: Sendable {
        private struct State {
            var passesLeft: Int
            var isArmed = false
        }

        private let checkpoint: Checkpoint
        private let waitsForFrame: Bool
        private let state: Mutex<State>

        /// nil where the variable is not set.
        static func ofEnvironment() -> KillPoint? {
            guard let text = getenv("WA_KILL_AT").map({ String(cString: $0) }), !text.isEmpty else { return nil }
            guard let point = KillPoint(text) else {
                let complaint = Array("WA_KILL_AT: there is no step \(text)\n".utf8)
                write(STDERR_FILENO, complaint, complaint.count)
                exit(2)
            }
            return point
        }

        private init?(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let words = parts[0].split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
            guard let checkpoint = Checkpoint(rawValue: String(words[0])), words.count == 1 || words[1] == "written",
                let passes = parts.count == 1 ? 1 : Int(parts[1]), passes > 0
            else { return nil }
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
            if state.withLock({ $0.isArmed }) { die() }
        }

        private func die() { kill(getpid(), SIGKILL) }
    }

    /// Tells the kill point of frames that have left.
    struct KillingTransport: Transport {
        let transport: any Transport
        let point: KillPoint

        var inbound: AsyncThrowingStream<[UInt8], any Error> { transport.inbound }
        func close() async { await transport.close() }
        func write(_ bytes: [UInt8]) async throws {
            try await transport.write(bytes)
            point.frameWritten()
        }
    }

    extension SessionEnvironment {
        /// The same environment, watched by the kill point that the process's environment names.
        func withKillPoint() -> SessionEnvironment {
            guard let point = KillPoint.ofEnvironment() else { return self }
            var watched = self
            let connect = connect
            watched.checkpoint = { point.pass($0) }
            watched.connect = { KillingTransport(transport: try await connect(), point: point) }
            return watched
        }
    }
#endif
