import CMariaDB
import CMySQLAuth
import Model

/// One login to the server with its prepared statements.
final class Connection {
    private let handle: UnsafeMutablePointer<MYSQL>
    private var statements: [String: Statement] = [:]
    private var uses: UInt64 = 0

    /// Prepared statements kept per connection; servers allow some 16,000 for all clients together.
    private static let statementCapacity = 128
    /// Where hosts put the server's socket: EL, Debian and Ubuntu, others. Source: hosting facts, section 4.
    private static let usualSockets = ["/var/lib/mysql/mysql.sock", "/var/run/mysqld/mysqld.sock", "/tmp/mysql.sock"]

    private static let loginPluginInPlace: Bool = wa_register_caching_sha2_password() == 0

    init(_ settings: DatabaseSettings, _ patience: Patience) throws(StoreError) {
        guard Self.loginPluginInPlace else { throw .unavailable(2059) }
        handle = try Self.open(settings, patience)
        do {
            for statement in Self.greeting + Self.locks(patience) { try control(statement) }
        } catch {
            mysql_close(handle)
            throw error
        }
    }

    deinit {
        statements.removeAll()
        mysql_close(handle)
    }

    /// The server's defaults differ by host; everything that our SQL relies on is set here.
    private static let greeting = [
        "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci",
        "SET SESSION time_zone = '+00:00'",
        """
        SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,\
        ONLY_FULL_GROUP_BY'
        """,
        "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
        // A process that was frozen inside a transaction must not keep its locks; an idle responder gives its connection back.
        "SET SESSION wait_timeout = 60",
    ]

    /// Rows, and whole tables: a backup or ALTER TABLE that holds one is an error to try again after, not a day of silence.
    private static func locks(_ patience: Patience) -> [String] {
        ["SET SESSION innodb_lock_wait_timeout = \(patience.lock)", "SET SESSION lock_wait_timeout = \(patience.lock)"]
    }

    private static func open(_ settings: DatabaseSettings, _ patience: Patience) throws(StoreError) -> UnsafeMutablePointer<MYSQL> {
        var failure = StoreError.unavailable(2002)
        for address in addresses(settings) {
            do {
                return try open(settings, patience, host: address.host, socket: address.socket)
            } catch {
                failure = error
                // A server that answered has the last word; only one that is not there lets the next address be tried.
                guard case .unavailable = error else { throw error }
            }
        }
        throw failure
    }

    private static func addresses(_ settings: DatabaseSettings) -> [(host: String, socket: String?)] {
        if let socket = settings.socket { return [("localhost", socket)] }
        guard settings.host == "localhost" else { return [(settings.host, nil)] }
        return usualSockets.map { ("localhost", $0) } + [("127.0.0.1", nil)]
    }

    private static func open(
        _ settings: DatabaseSettings, _ patience: Patience, host: String, socket: String?
    ) throws(StoreError) -> UnsafeMutablePointer<MYSQL> {
        guard let handle = mysql_init(nil) else { throw .unavailable(2008) }
        var seconds = patience.connect
        mysql_options(handle, MYSQL_OPT_CONNECT_TIMEOUT, &seconds)
        seconds = patience.answer
        mysql_options(handle, MYSQL_OPT_READ_TIMEOUT, &seconds)
        mysql_options(handle, MYSQL_OPT_WRITE_TIMEOUT, &seconds)
        mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4")
        let flags = UInt(CLIENT_FOUND_ROWS)
        let opened = mysql_real_connect(
            handle, host, settings.user, settings.password, settings.name, UInt32(settings.port), socket, flags)
        guard opened != nil else {
            let code = mysql_errno(handle)
            mysql_close(handle)
            let error = StoreError(code: code)
            throw error == .gone ? .unavailable(code) : error
        }
        return handle
    }

    /// The server's number for this connection, as `KILL` takes it.
    var serverID: UInt { mysql_thread_id(handle) }

    var isAlive: Bool { mysql_ping(handle) == 0 }

    /// Runs SQL without parameters and without a result of interest: transaction control and table definitions.
    func control(_ sql: String) throws(StoreError) {
        guard mysql_real_query(handle, sql, UInt(sql.utf8.count)) == 0 else { throw StoreError(code: mysql_errno(handle)) }
        if let result = mysql_store_result(handle) { mysql_free_result(result) }
        guard mysql_errno(handle) == 0 else { throw StoreError(code: mysql_errno(handle)) }
    }

    func run(_ sql: String, _ parameters: [SQLValue]) throws(StoreError) -> StatementResult {
        let statement = try prepared(sql)
        do {
            return try statement.run(parameters)
        } catch {
            // A statement that failed is made anew next time: it may belong to a table that was changed.
            statements[sql] = nil
            throw error
        }
    }

    /// A statement that is not kept.
    func runOnce(_ sql: String, _ parameters: [SQLValue]) throws(StoreError) -> StatementResult {
        try Statement(sql, on: handle).run(parameters)
    }

    private func prepared(_ sql: String) throws(StoreError) -> Statement {
        uses &+= 1
        if let statement = statements[sql] {
            statement.lastUse = uses
            return statement
        }
        if statements.count >= Self.statementCapacity, let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            statements[oldest.key] = nil
        }
        let statement = try Statement(sql, on: handle)
        statement.lastUse = uses
        statements[sql] = statement
        return statement
    }
}
