import Foundation
import Model
import Store
import TestDatabase

@testable import Daemon

/// A configuration of its own with a fresh database, and the program `wa-connect` as people run it.
final class Installation: Sendable {
    let directory: TemporaryDirectory
    let configurationPath: String

    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    init() throws {
        let database = try DatabaseServer.freshDatabase()
        directory = try TemporaryDirectory()
        configurationPath = directory.path + "/wa-connect.conf"
        let text = """
            db.socket = \(database.socket ?? "")
            db.name = \(database.name)
            db.user = \(database.user)
            secret.key = \(String(repeating: "ab", count: 32))
            run.dir = \(directory.path)/run
            log.file = \(directory.path)/log
            api.workers = 0
            fetch.webhook_private = any
            db.password = ""

            """
        try text.write(toFile: configurationPath, atomically: false, encoding: .utf8)
    }

    deinit { _ = try? run("stop") }

    /// The development build's program.
    static var program: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent(".build/debug/wa-connect").path
    }

    var run: RunDirectory { RunDirectory(directory.path + "/run") }

    func run(_ arguments: String...) throws -> Outcome { try run(all: arguments) }

    func run(all arguments: [String]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = arguments
        // Not as an option: a command line that is wrong has no place for it.
        process.environment = ProcessInfo.processInfo.environment.merging(["WA_CONNECT_CONFIG": configurationPath]) { $1 }
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let complaints = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self), errors: String(decoding: complaints, as: UTF8.self))
    }

    func database() throws -> Database { try LoadedConfiguration(explicit: configurationPath).database() }
}
