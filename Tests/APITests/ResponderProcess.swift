import Foundation
import Testing

/// The real responder, started as web servers and the daemon start it.
struct ResponderProcess {
    /// Beside the test bundle.
    static var executable: URL {
        get throws {
            let own =
                Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
            let beside = own.deletingLastPathComponent().appendingPathComponent("wa-connect-fcgi")
            // A product of its own name, or the target's.
            let candidates = [beside, own.deletingLastPathComponent().appendingPathComponent("Responder")]
            return try #require(candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) })
        }
    }

    let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        process.executableURL = try Self.executable
        process.arguments = arguments
        process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { first, _ in first }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Writes a body, closes the input, reads until the program ends.
    func finish(_ body: String = "") throws -> (status: Int32, output: String) {
        try input.fileHandleForWriting.write(contentsOf: Data(body.utf8))
        try input.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    /// Ends it as the daemon does.
    func terminate() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
