/// A thread of its own for files, and for what is reckoned over every byte of them. Objects that only its closures touch need no lock.
package actor FileThread {
    private let thread = ThreadExecutor()

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    package init() {}

    package func run<T: Sendable>(_ body: @Sendable () throws -> T) async throws -> T { try body() }
}
