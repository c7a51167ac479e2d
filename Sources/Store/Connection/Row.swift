package import Model

/// One row of a result. Columns are read by name; a column that is not there or has another type is `StoreError.malformed`.
package struct Row: Sendable {
    let columns: Columns
    let values: [SQLValue]

    private func value(_ name: String) throws(StoreError) -> SQLValue {
        guard let index = columns[name], values.indices.contains(index) else { throw .malformed(name) }
        return values[index]
    }

    package func optionalInteger(_ name: String) throws(StoreError) -> Int64? {
        switch try value(name) {
        case .null: return nil
        case .integer(let number): return number
        case .text(let text):
            guard let number = Int64(text) else { throw .malformed(name) }
            return number
        case .bytes, .moment: throw .malformed(name)
        }
    }

    package func integer(_ name: String) throws(StoreError) -> Int64 {
        guard let number = try optionalInteger(name) else { throw .malformed(name) }
        return number
    }

    package func integer<Number: FixedWidthInteger>(_ name: String, as type: Number.Type) throws(StoreError) -> Number {
        guard let number = Number(exactly: try integer(name)) else { throw .malformed(name) }
        return number
    }

    package func flag(_ name: String) throws(StoreError) -> Bool { try integer(name) != 0 }

    package func optionalText(_ name: String) throws(StoreError) -> String? {
        switch try value(name) {
        case .null: return nil
        case .text(let text): return text
        case .integer(let number): return String(number)
        case .moment(let moment): return moment.sql
        case .bytes: throw .malformed(name)
        }
    }

    package func text(_ name: String) throws(StoreError) -> String {
        guard let text = try optionalText(name) else { throw .malformed(name) }
        return text
    }

    package func optionalBytes(_ name: String) throws(StoreError) -> [UInt8]? {
        switch try value(name) {
        case .null: return nil
        case .bytes(let bytes): return bytes
        case .text(let text): return Array(text.utf8)
        case .integer, .moment: throw .malformed(name)
        }
    }

    package func bytes(_ name: String) throws(StoreError) -> [UInt8] {
        guard let bytes = try optionalBytes(name) else { throw .malformed(name) }
        return bytes
    }

    package func optionalMoment(_ name: String) throws(StoreError) -> Timestamp? {
        switch try value(name) {
        case .null: return nil
        case .moment(let moment): return moment
        // What a function of SQL has made of one.
        case .text(let text):
            guard let moment = Timestamp(parsing: text) else { throw .malformed(name) }
            return moment
        case .integer, .bytes: throw .malformed(name)
        }
    }

    package func moment(_ name: String) throws(StoreError) -> Timestamp {
        guard let moment = try optionalMoment(name) else { throw .malformed(name) }
        return moment
    }

    package func optionalWord<Word: RawRepresentable<String>>(_ name: String, as type: Word.Type) throws(StoreError) -> Word? {
        guard let text = try optionalText(name) else { return nil }
        guard let word = Word(rawValue: text) else { throw .malformed(name) }
        return word
    }

    package func word<Word: RawRepresentable<String>>(_ name: String, as type: Word.Type) throws(StoreError) -> Word {
        guard let word = try optionalWord(name, as: type) else { throw .malformed(name) }
        return word
    }
}
