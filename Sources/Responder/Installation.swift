import API
import Glibc
import Model

/// The configuration file and what is made of it. A file that cannot be read is an answer of its own, tried again at the next request.
final class Installation {
    private let givenPath: String?
    private var made: Service?

    init(configurationPath: String?) { givenPath = configurationPath }

    /// Made at the first request.
    /// - Throws: ``ConfigurationError`` or ``SystemError``, for the log.
    func service() throws -> Service {
        if let made { return made }
        let service = Service(try configuration(), log: complain)
        made = service
        return service
    }

    /// For a body that takes its time; nil when none is free or there is no configuration that says how many there are.
    func waitingSlot() -> WaitingSlot? { (try? service())?.waitingSlot() }

    /// For a file that takes its time.
    func uploadSlot() -> WaitingSlot? { (try? service())?.uploadSlot() }

    /// Mode of the socket file: the configured one, or the owner's alone.
    var socketMode: UInt32 { (try? configuration())?.apiSocketMode ?? 0o600 }

    private func configuration() throws -> Configuration {
        let path = try path()
        return try ConfigurationParser.parse(try contents(of: path), environment: environment(), home: home)
    }

    /// Given, from the environment, in the directory above the executable's, or in the home directory.
    private func path() throws -> String {
        if let path = givenPath ?? getenv("WA_CONNECT_CONFIG").map({ String(cString: $0) }) { return path }
        var candidates = [home + "/wa-connect/wa-connect.conf"]
        if let executable { candidates.insert(executable + "/../wa-connect.conf", at: 0) }
        for candidate in candidates where access(candidate, R_OK) == 0 { return candidate }
        throw SystemError("no wa-connect.conf; looked for " + candidates.joined(separator: " and "), number: ENOENT)
    }

    /// The executable's directory.
    private var executable: String? {
        guard let path = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(path) }
        let text = String(cString: path)
        return text.lastIndex(of: "/").map { String(text[..<$0]) }
    }

    /// suexec passes no HOME; then the user database knows it.
    private var home: String {
        if let home = getenv("HOME") { return String(cString: home) }
        guard let entry = getpwuid(getuid()), let directory = entry.pointee.pw_dir else { return "/" }
        return String(cString: directory)
    }

    private func environment() -> [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            // Under CGI the environment also holds what the client sent, but only under names that begin with HTTP_.
            if text.hasPrefix("WA_"), let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next += 1
        }
        return variables
    }

    private func contents(of path: String) throws -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError(path) }
        defer { close(descriptor) }
        var contents: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        // Configurations have some dozen lines.
        while contents.count < 1 << 20 {
            let count = read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw SystemError(path) }
            if count == 0 { break }
            contents.append(contentsOf: buffer.prefix(count))
        }
        return String(decoding: contents, as: UTF8.self)
    }
}
