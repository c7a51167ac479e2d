// What the API shows.
extension MediaTable {
    /// The files that came with these messages, by the message's row.
    package func views(ofMessages ids: [Int64]) throws(StoreError) -> [Int64: MediaView] {
        guard !ids.isEmpty else { return [:] }
        let places = ids.map { _ in "?" }.joined(separator: ", ")
        let rows = try database.run(
            "\(MediaView.select) WHERE message_row_id IN (\(places)) AND file_sha256 IS NOT NULL", ids.map { .integer($0) }
        ).rows
        var views: [Int64: MediaView] = [:]
        for row in rows { views[try row.integer("message_row_id")] = try MediaView(row) }
        return views
    }

    /// A file that came with a message; nil where there is none (any more).
    package func view(id: Int64) throws(StoreError) -> MediaView? {
        try database.run("\(MediaView.select) WHERE id = ? AND file_sha256 IS NOT NULL", [.integer(id)]).rows.first
            .map { row throws(StoreError) in try MediaView(row) }
    }
}
