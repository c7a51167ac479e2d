import Glibc

/// The right to hold a worker while waiting: one of a few locked files in `run.dir/slots`, which bind all processes, however they were started.
///
/// The lock goes with this value, and with the process if that dies.
package struct WaitingSlot: ~Copyable {
    private let descriptor: Int32

    /// nil when all `count` slots are taken, or the run directory cannot be written: then nothing waits.
    package init?(runDirectory: String, count: Int) { self.init(runDirectory, 0..<max(0, count)) }

    /// A slot for a long answer, which may last minutes: only the later half of them (at least one), so that requests which wait for WhatsApp
    /// always find the others.
    init?(streamIn runDirectory: String, count: Int) {
        let last = max(1, count)
        self.init(runDirectory, last - max(1, last / 2)..<last)
    }

    private init?(_ runDirectory: String, _ numbers: Range<Int>) {
        let directory = runDirectory + "/slots"
        mkdir(directory, 0o700)
        for number in numbers {
            let descriptor = open("\(directory)/\(number)", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { return nil }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
                self.descriptor = descriptor
                return
            }
            close(descriptor)
        }
        return nil
    }

    /// Gives the slot back; called after the wait, so that the lock surely lives that long.
    package consuming func release() {}

    deinit { close(descriptor) }
}
