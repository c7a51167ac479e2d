import Model

/// One line of the API's table: what is asked, who may, what it counts against, who answers.
struct Route: Sendable {
    enum Method: String, Sendable { case get = "GET", post = "POST" }

    /// Which of a key's counters a request takes from, besides the daily one.
    enum LimitClass: String, Sendable { case general, send }

    enum Handler: Sendable {
        /// Needs neither key nor database, is never limited.
        case open(@Sendable (Service) -> Success)
        /// A page; needs neither key nor database, is never limited. What it does it does by calls with a key.
        case page(@Sendable (Service) -> Page)
        case keyed(Permission, LimitClass, @Sendable (Call) throws -> Success)
        /// A file instead of JSON.
        case download(Permission, LimitClass, @Sendable (Call) throws -> Download)
        /// A file whose link nobody can guess; needs no key, is not limited.
        case link(@Sendable (LinkCall) throws -> Download)
    }

    let method: Method
    /// Segments; one that begins with `:` takes any value.
    let pattern: [String]
    let handler: Handler

    init(
        _ method: Method, _ pattern: String, _ permission: Permission, _ limit: LimitClass,
        _ answer: @escaping @Sendable (Call) throws -> Success
    ) {
        self.method = method
        self.pattern = pattern.split(separator: "/").map(String.init)
        handler = .keyed(permission, limit, answer)
    }

    init(download pattern: String, _ permission: Permission, _ answer: @escaping @Sendable (Call) throws -> Download) {
        method = .get
        self.pattern = pattern.split(separator: "/").map(String.init)
        handler = .download(permission, .general, answer)
    }

    init(link pattern: String, _ answer: @escaping @Sendable (LinkCall) throws -> Download) {
        method = .get
        self.pattern = pattern.split(separator: "/").map(String.init)
        handler = .link(answer)
    }

    init(open method: Method, _ pattern: String, _ answer: @escaping @Sendable (Service) -> Success) {
        self.method = method
        self.pattern = pattern.split(separator: "/").map(String.init)
        handler = .open(answer)
    }

    init(page pattern: String, _ answer: @escaping @Sendable (Service) -> Page) {
        method = .get
        self.pattern = pattern.split(separator: "/").map(String.init)
        handler = .page(answer)
    }

    /// The values of the pattern's parameters, nil where the path is another.
    func parameters(of path: [String]) -> [String: String]? {
        guard path.count == pattern.count else { return nil }
        var parameters: [String: String] = [:]
        for (expected, segment) in zip(pattern, path) {
            if expected.hasPrefix(":") {
                parameters[String(expected.dropFirst())] = segment
            } else if expected != segment {
                return nil
            }
        }
        return parameters
    }

    var hasParameters: Bool { pattern.contains { $0.hasPrefix(":") } }
}
