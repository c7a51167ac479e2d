/// Bytes one by one, from a file or from memory.
final class ByteCursor {
    private let file: FileBytes?
    private var buffer: [UInt8]
    private var index = 0
    private var bufferStart: Int64 = 0

    init(_ file: FileBytes) {
        self.file = file
        buffer = []
    }

    init(_ bytes: [UInt8]) {
        file = nil
        buffer = bytes
    }

    var position: Int64 { bufferStart + Int64(index) }

    func next() -> UInt8? {
        if index >= buffer.count, !refill() { return nil }
        defer { index += 1 }
        return buffer[index]
    }

    func peek() -> UInt8? { index < buffer.count || refill() ? buffer[index] : nil }

    private func refill() -> Bool {
        guard let file, case let start = position, let more = try? file.some(32 << 10, at: start), !more.isEmpty else { return false }
        bufferStart = start
        buffer = more
        index = 0
        return true
    }

    func move(to position: Int64) {
        if position >= bufferStart, position <= bufferStart + Int64(buffer.count) {
            index = Int(position - bufferStart)
        } else if file != nil {
            bufferStart = position
            buffer = []
            index = 0
        }
    }

    /// To behind the next occurrence of a word whose first letter is not in it again.
    func skip(past word: StaticString) {
        let word = Array("\(word)".utf8)
        var matched = 0
        while matched < word.count, let byte = next() {
            if byte == word[matched] { matched += 1 } else { matched = byte == word[0] ? 1 : 0 }
        }
    }
}
