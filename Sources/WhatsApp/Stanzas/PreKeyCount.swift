/// How many of our one-time keys the service still has.
package enum PreKeyCount {
    package static let query = Query("encrypt", .get, [Node("count")])

    package static func read(_ answer: Node) throws(StanzaError) -> Int {
        guard let value = try Query.answer(answer).child("count")?.uint("value"), let count = Int(exactly: value) else {
            throw .missing("count value")
        }
        return count
    }
}
