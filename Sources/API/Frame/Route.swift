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
    /// For each segment, the name of what it takes; nil where it is a fixed one.
    private let names: [String?]
    let handler: Handler

    private init(_ method: Method, _ pattern: String, _ handler: Handler) {
        self.method = method
        self.pattern = pattern.split(separator: "/").map(String.init)
        names = self.pattern.map { $0.hasPrefix(":") ? String($0.dropFirst()) : nil }
        self.handler = handler
    }

    init(
        _ method: Method, _ pattern: String, _ permission: Permission, _ limit: LimitClass,
        _ answer: @escaping @Sendable (Call) throws -> Success
    ) {
        self.init(method, pattern, .keyed(permission, limit, answer))
    }

    init(download pattern: String, _ permission: Permission, _ answer: @escaping @Sendable (Call) throws -> Download) {
        self.init(.get, pattern, .download(permission, .general, answer))
    }

    init(link pattern: String, _ answer: @escaping @Sendable (LinkCall) throws -> Download) {
        self.init(.get, pattern, .link(answer))
    }

    init(open method: Method, _ pattern: String, _ answer: @escaping @Sendable (Service) -> Success) {
        self.init(method, pattern, .open(answer))
    }

    init(page pattern: String, _ answer: @escaping @Sendable (Service) -> Page) {
        self.init(.get, pattern, .page(answer))
    }

    func matches(_ path: [String]) -> Bool {
        guard path.count == pattern.count else { return false }
        for index in pattern.indices where names[index] == nil && pattern[index] != path[index] { return false }
        return true
    }

    /// The values of the pattern's parameters in a path that it matches.
    func parameters(of path: [String]) -> [String: String] {
        var parameters: [String: String] = [:]
        for case (let name?, let segment) in zip(names, path) { parameters[name] = segment }
        return parameters
    }

    var hasParameters: Bool { names.contains { $0 != nil } }
}
