/// Cuts a script into its statements.
enum SQLScript {
    /// The statements without their semicolons; comments stay outside, strings and quoted names are not looked into.
    static func statements(of script: String) -> [String] {
        var statements: [String] = []
        var current: [UInt8] = []
        let bytes = Array(script.utf8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if let end = endOfComment(bytes, index) {
                current.append(UInt8(ascii: " "))
                index = end
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
                let end = endOfQuoted(bytes, index)
                current += bytes[index..<end]
                index = end
            } else if byte == UInt8(ascii: ";") {
                append(&current, to: &statements)
                index += 1
            } else {
                current.append(byte)
                index += 1
            }
        }
        append(&current, to: &statements)
        return statements
    }

    private static func append(_ current: inout [UInt8], to statements: inout [String]) {
        let isBlank = current.allSatisfy { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
        if !isBlank { statements.append(String(decoding: current, as: UTF8.self)) }
        current = []
    }

    /// The index behind the comment that begins at `start`: `-- …`, `# …` or `/* … */`; nil where none does.
    private static func endOfComment(_ bytes: [UInt8], _ start: Int) -> Int? {
        let rest = bytes[start...]
        if rest.starts(with: "-- ".utf8) || rest.starts(with: "--\n".utf8) || rest.starts(with: "#".utf8) {
            return rest.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        }
        guard rest.starts(with: "/*".utf8) else { return nil }
        var index = start + 2
        while index < bytes.count {
            if bytes[index...].starts(with: "*/".utf8) { return index + 2 }
            index += 1
        }
        return bytes.count
    }

    /// The index behind the closing quote; a doubled quote ends one string and begins the next, which is the same here.
    private static func endOfQuoted(_ bytes: [UInt8], _ start: Int) -> Int {
        var index = start + 1
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\"), bytes[start] != UInt8(ascii: "`") {
                index += 2
            } else if bytes[index] == bytes[start] {
                return index + 1
            } else {
                index += 1
            }
        }
        return bytes.count
    }
}
