import Foundation

/// Names the input that was being read when the program traps.
enum CrashReport {
    nonisolated(unsafe) static var current: (target: String, seed: UInt64, number: UInt64) = ("", 0, 0)

    static func install() {
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] {
            signal(number) { number in
                let (target, seed, input) = CrashReport.current
                print("\(target): signal \(number), repeat with --seed \(seed) --first \(input) --iterations 1 \(target)")
                fflush(nil)
                _exit(1)
            }
        }
    }
}
