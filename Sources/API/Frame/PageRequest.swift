import Model

/// `page` and `limit` of a list, and the `pagination` of its answer.
struct PageRequest {
    let page: Int
    let limit: Int
    let wasLowered: Bool

    /// - Parameters:
    ///   - usual: the limit where none is given.
    ///   - most: larger ones are lowered to it.
    init(_ query: Fields, usual: Int, most: Int) throws(FieldError) {
        page = Int(try query.optionalInteger("page", in: 1...1_000_000_000) ?? 1)
        let asked = Int(try query.optionalInteger("limit", in: 1...1_000_000_000) ?? Int64(usual))
        limit = min(asked, most)
        wasLowered = asked > limit
    }

    var offset: Int64 { Int64(page - 1) * Int64(limit) }
    var message: String? { wasLowered ? "limit was lowered to \(limit)" : nil }

    func pagination(total: Int64) -> JSONValue {
        let pages = total / Int64(limit) + (total % Int64(limit) > 0 ? 1 : 0)
        return .members([
            "page": .integer(Int64(page)), "limit": .integer(Int64(limit)), "total": .integer(total), "totalPages": .integer(pages),
        ])
    }
}

extension Call {
    /// A row's number in the path.
    /// - Throws: 404, as for a number that no row has.
    func number(_ name: String, else problem: Problem) throws(Problem) -> Int64 {
        guard let text = parameters[name], text.utf8.count <= 18, let number = Int64(text), number > 0 else { throw problem }
        return number
    }
}
