import Glibc
import Model
import Store

/// A configuration and where it was found.
struct LoadedConfiguration: Sendable {
    let path: String
    let configuration: Configuration
    var runDirectory: RunDirectory { RunDirectory(configuration.runDirectory) }

    /// Looks at `explicit`, `$WA_CONNECT_CONFIG`, `wa-connect.conf` above the program's directory, `~/wa-connect/wa-connect.conf`, in this order.
    init(explicit: String?) throws(ShellFailure) {
        let home = getenv("HOME").map { String(cString: $0) } ?? "/"
        path = try Self.find(explicit: explicit, home: home)
        guard let text = TextFile.read(path) else {
            throw .failed("can not read \(path): \(ShellFailure.systemError()). Check its owner and mode (0600)")
        }
        do throws(ConfigurationError) {
            configuration = try ConfigurationParser.parse(text, environment: Self.environment(), home: home)
        } catch {
            throw .failed("\(path): \(error)")
        }
    }

    /// Opens the database on the calling thread.
    func database() throws(ShellFailure) -> Database {
        do throws(StoreError) {
            return try Database(configuration.database, sealer: Sealer(key: configuration.secretKey))
        } catch {
            throw .failed("can not reach the database \(configuration.database): \(error). Check the db.* lines of \(path)")
        }
    }

    /// Runs a command's work in the database; an error becomes a line that says what to do.
    func inDatabase<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do {
            return try body(database())
        } catch StoreError.schemaMissing {
            throw ShellFailure.failed("the tables are missing or of another version; make them with `wa-connect migrate`")
        } catch let error as StoreError {
            throw ShellFailure.failed("the database refused this: \(error)")
        }
    }

    private static func find(explicit: String?, home: String) throws(ShellFailure) -> String {
        if let explicit { return explicit }
        if let named = getenv("WA_CONNECT_CONFIG") { return String(cString: named) }
        let above = try ChildProcess.ownPath().split(separator: "/").dropLast(2).map { "/" + $0 }.joined() + "/wa-connect.conf"
        let usual = home + "/wa-connect/wa-connect.conf"
        for path in [above, usual] where access(path, F_OK) == 0 { return path }
        throw .failed("no configuration: neither \(above) nor \(usual) exists. Name one with --config")
    }

    private static func environment() -> [String: String] {
        var found: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let pair = String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2, pair[0].hasPrefix("WA_") { found[String(pair[0])] = String(pair[1]) }
            next += 1
        }
        return found
    }
}
