import Foundation
package import Model
import Store

/// A MariaDB server of the tests' own: socket only, in a temporary directory, gone when the test process is.
///
/// `WA_TEST_DB_SOCKET` names the socket of a running server to use instead (as its user `root` without a password).
package final class DatabaseServer: Sendable {
    /// Why no server could be started, in words.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// The one server of this test process, started at its first use.
    package static let shared: Result<DatabaseServer, Failure> = {
        if let socket = ProcessInfo.processInfo.environment["WA_TEST_DB_SOCKET"] { return .success(DatabaseServer(socket: socket)) }
        return Result { () throws(Failure) in try start() }
    }()

    package let socket: String

    private init(socket: String) { self.socket = socket }

    /// Settings of a fresh database with all tables, for one test.
    package static func freshDatabase() throws -> DatabaseSettings {
        let server = try shared.get()
        let settings = try server.emptyDatabase()
        let database = try Database(settings, sealer: Sealer(key: testKey))
        _ = try database.migrations.migrate()
        return settings
    }

    /// Settings of a database without tables.
    package func emptyDatabase() throws -> DatabaseSettings {
        let name = "wa_test_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        let admin = try Database(settings(name: "mysql"), sealer: Sealer(key: Self.testKey))
        _ = try admin.run("CREATE DATABASE \(name)")
        return settings(name: name)
    }

    package func settings(name: String) -> DatabaseSettings {
        DatabaseSettings(socket: socket, name: name, user: "root", password: "")
    }

    /// The key that ``freshDatabase()`` and its tests seal with.
    package static let testKey: SecretKey = {
        guard let key = SecretKey(bytes: Array(0..<32)) else { fatalError("32 bytes are a key") }
        return key
    }()
}

// Starting a server.
extension DatabaseServer {
    private static func start() throws(Failure) -> DatabaseServer {
        // Short, as the path of a Unix socket may have 107 bytes.
        let directory = "/tmp/wa-db-\(getpid())"
        let user = NSUserName()
        let options = ["--no-defaults", "--datadir=\(directory)/data", "--user=\(user)"]
        let install = launched("mariadb-install-db", options + ["--auth-root-authentication-method=normal", "--skip-test-db"])
        install?.waitUntilExit()
        guard let install, install.terminationStatus == 0 else {
            throw Failure(description: "mariadb-install-db failed: is mariadb-server installed?")
        }
        let server = DatabaseServer(socket: "\(directory)/s")
        // The shell ends the server as soon as the test process, which holds the other end of its input, is gone.
        let command = """
            mariadbd "$@" & server=$!; cat >/dev/null; kill -9 $server; wait $server; rm -rf '\(directory)'
            """
        let running =
            options + [
                "--socket=\(server.socket)", "--skip-networking", "--pid-file=\(directory)/pid", "--innodb-buffer-pool-size=64M",
                "--innodb-flush-log-at-trx-commit=0", "--max-connections=400", "--log-error=\(directory)/log", "--default-time-zone=+05:30",
            ]
        guard launched("sh", ["-c", command, "sh"] + running, keepingInput: true) != nil else { throw Failure(description: "no shell") }
        try server.waitUntilReady()
        return server
    }

    /// The write end of the server's input; it closes when this process ends, however that happens.
    private static let lifeline = Pipe()

    private static func launched(_ program: String, _ arguments: [String], keepingInput: Bool = false) -> Process? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = keepingInput ? lifeline : FileHandle.nullDevice
        // Servers stand in sbin, which not every user's PATH has.
        var environment = ProcessInfo.processInfo.environment
        environment["PATH"] = (environment["PATH"] ?? "") + ":/usr/sbin:/usr/bin:/bin"
        process.environment = environment
        do { try process.run() } catch { return nil }
        return process
    }

    /// Asks the server again and again, for 30 seconds at most; it tells nobody when it is ready.
    private func waitUntilReady() throws(Failure) {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            if (try? Database(settings(name: "mysql"), sealer: Sealer(key: Self.testKey))) != nil { return }
            usleep(20_000)
        }
        throw Failure(description: "the MariaDB server did not answer within 30 seconds")
    }
}
