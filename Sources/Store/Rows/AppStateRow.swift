/// How far one part of the shared settings is known.
package struct AppStateRow: Sendable, Equatable {
    package enum Status: String, Sendable {
        case inOrder = "in_order"
        /// A sum was wrong: everything is fetched once more.
        case doubtful
        /// It was wrong again: what verifies by itself counts, nothing may be written.
        case readOnly = "read_only"
    }

    /// 0 where nothing is known.
    package var version: Int64
    /// 128 bytes.
    package var hash: [UInt8]
    package var status: Status
    /// The key, hexadecimal, that reading on waits for.
    package var missingKey: String?

    package init(version: Int64 = 0, hash: [UInt8], status: Status = .inOrder, missingKey: String? = nil) {
        self.version = version
        self.hash = hash
        self.status = status
        self.missingKey = missingKey
    }

    init(_ row: Row) throws(StoreError) {
        version = try row.integer("version")
        hash = try row.bytes("hash")
        status = try row.word("status", as: Status.self)
        missingKey = try row.optionalText("missing_key")
    }
}
