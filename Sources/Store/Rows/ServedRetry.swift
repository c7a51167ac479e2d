/// How often one message of ours was sent again to one device.
package struct ServedRetry: Sendable, Equatable {
    package let attempts: Int
    /// 32 bytes: what named the session with which the second request was served.
    package let baseKey: [UInt8]?

    package init(attempts: Int, baseKey: [UInt8]?) {
        self.attempts = attempts
        self.baseKey = baseKey
    }

    init(_ row: Row) throws(StoreError) {
        attempts = try row.integer("attempts", as: Int.self)
        baseKey = try row.optionalBytes("base_key")
    }
}
