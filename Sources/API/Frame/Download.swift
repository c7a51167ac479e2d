/// What a call answers that is not JSON: a file, made while it is sent.
package struct Download {
    package var status = 200
    package var headers: [(name: String, value: String)]
    package let body: BodyStream

    package init(status: Int = 200, headers: [(name: String, value: String)], body: BodyStream) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A file to be saved.
    /// - Parameter name: ASCII without quotes.
    init(type: String, attachment name: String, _ make: @escaping () throws -> [UInt8]?) {
        self.init(
            headers: [
                ("Content-Type", type), ("Content-Disposition", "attachment; filename=\"\(name)\""), ("X-Content-Type-Options", "nosniff"),
            ], body: BodyStream(make))
    }
}
