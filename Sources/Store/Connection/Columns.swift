/// Where the columns of a result are, by name.
///
/// Names are few and short: length and two letters tell nearly all of them apart, for a fraction of what hashing a name takes.
struct Columns: Sendable {
    /// In the order of the values.
    let names: [String]
    /// The number of a column with this key, counted from 1; 0 where there is none.
    private var numbers = [UInt8](repeating: 0, count: 256)

    init(_ names: [String]) {
        self.names = names
        for (index, name) in names.enumerated() where index < 255 { numbers[Self.key(name)] = UInt8(index + 1) }
    }

    /// Of columns with the same name the last one; nil where there is none.
    subscript(_ name: String) -> Int? {
        let number = Int(numbers[Self.key(name)])
        return number > 0 && names[number - 1] == name ? number - 1 : names.lastIndex(of: name)
    }

    private static func key(_ name: String) -> Int {
        let letters = name.utf8
        guard let first = letters.first, let last = letters.last else { return 0 }
        return (letters.count &* 37 &+ Int(first) &* 5 &+ Int(last)) & 0xFF
    }
}
