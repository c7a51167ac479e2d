/// Where fetched content goes.
protocol FetchSink: Sendable {
    /// Called with one part after the other, each when the earlier one is taken.
    func take(_ bytes: [UInt8]) async throws
}

/// Into a new file, on the thread for files.
final class FetchedFile: FetchSink {
    private let file: OpenFile
    private let thread: FileThread

    /// - Parameter path: of a file that does not exist yet.
    init(_ path: String, on thread: FileThread) async throws {
        self.thread = thread
        file = try await thread.run { try OpenFile.make(path) }
    }

    func take(_ bytes: [UInt8]) async throws { try await thread.run { [file] in try file.write(bytes) } }

    /// The file outlives a power cut.
    func flush() async throws { try await thread.run { [file] in try file.flush() } }
}

/// Into memory, for what is small.
actor FetchedBytes: FetchSink {
    private let executor: LoopExecutor
    private(set) var bytes: [UInt8] = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(on executor: LoopExecutor) { self.executor = executor }

    func take(_ bytes: [UInt8]) { self.bytes += bytes }
}
