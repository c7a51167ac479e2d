import Store

/// A request whose path is its permission.
struct LinkCall {
    let request: Request
    /// Values of the pattern's parameters.
    let parameters: [String: String]
    let database: Database
    let service: Service
}
