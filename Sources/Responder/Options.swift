/// A command line that cannot be understood.
struct UsageError: Error {
    let text: String
}

/// The command line.
struct Options {
    enum Mode {
        /// By a web server: FastCGI on descriptor 0, or one CGI request.
        case started
        /// By our own pool, FastCGI on descriptor 0.
        case worker
        case listen(ListenAddress, workers: Int)
        case help
    }
    var mode = Mode.started
    var configurationPath: String?

    static let usage = """
        usage: wa-connect-fcgi [--config FILE] [--listen unix:/path | HOST:PORT [--workers N]]
        Without --listen it serves FastCGI on descriptor 0 (mod_fcgid, spawn-fcgi) or answers one CGI request.
        """

    static func parse(_ arguments: [String]) throws(UsageError) -> Options {
        var options = Options()
        var listen: ListenAddress?
        var workers: Int?
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h": options.mode = .help
            case "--worker": options.mode = .worker
            case "--config": options.configurationPath = try value(of: argument, &rest)
            case "--listen":
                let text = try value(of: argument, &rest)
                guard let address = ListenAddress(text) else {
                    throw UsageError(text: "--listen \(text): expected unix:/path or HOST:PORT")
                }
                listen = address
            case "--workers":
                guard let count = Int(try value(of: argument, &rest)), (1...64).contains(count) else {
                    throw UsageError(text: "--workers: expected a number from 1 to 64")
                }
                workers = count
            default: throw UsageError(text: "unknown argument \(argument)\n\(usage)")
            }
        }
        if let listen { options.mode = .listen(listen, workers: workers ?? 1) }
        if workers != nil, listen == nil { throw UsageError(text: "--workers needs --listen") }
        return options
    }

    private static func value(of option: String, _ rest: inout ArraySlice<String>) throws(UsageError) -> String {
        guard let value = rest.popFirst(), !value.isEmpty else { throw UsageError(text: "\(option) needs a value") }
        return value
    }
}
