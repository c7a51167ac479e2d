extension Array {
    /// Pieces of exactly so many elements, the last one filled up with its first: for statements with a fixed number of marks, in whose `IN (…)` an element
    /// may stand twice.
    func chunks(of count: Int) -> [[Element]] {
        stride(from: 0, to: self.count, by: count).map { start in
            let part = self[start..<Swift.min(start + count, self.count)]
            return Array(part) + repeatElement(self[start], count: count - part.count)
        }
    }
}
