/// One box of an ISO media file (ISO 14496-12, 4.2).
struct Box {
    /// Four characters.
    let type: String
    let body: Range<Int64>
    let start: Int64
}

/// Walks boxes one level at a time; nothing is believed of a size but that it lies inside its parent.
final class BoxReader {
    /// A film has some hundred boxes above its samples.
    private static let boxLimit = 20_000
    let file: FileBytes
    private var visited = 0

    init(_ file: FileBytes) { self.file = file }

    /// - Parameter visit: answers false to end the walk.
    func boxes(in range: Range<Int64>, _ visit: (Box) throws(ContainerError) -> Bool) throws(ContainerError) {
        var at = range.lowerBound
        while range.upperBound - at >= 8 {
            visited += 1
            guard visited <= Self.boxLimit else { throw .damaged }
            guard let box = try box(at: at, end: range.upperBound) else { return }
            guard try visit(box) else { return }
            at = box.body.upperBound
        }
    }

    /// nil where the rest is no box: zeros at the end of a list, or bytes that somebody appended.
    private func box(at start: Int64, end: Int64) throws(ContainerError) -> Box? {
        let head = try file.read(8, at: start)
        guard var size = head.bigEndian32(0).map(Int64.init) else { throw .damaged }
        var headBytes: Int64 = 8
        if size == 1 {
            guard end - start >= 16, let large = try file.read(8, at: start + 8).bigEndian64(0), let fits = Int64(exactly: large) else {
                throw .damaged
            }
            size = fits
            headBytes = 16
        }
        if size == 0 { size = end - start }
        guard size >= headBytes else { return nil }
        // The last box of a file that was cut off reaches beyond its end.
        guard size <= end - start || end == file.length else { throw .damaged }
        let type = String(decoding: head[4..<8], as: UTF8.self)
        return Box(type: type, body: (start + headBytes)..<(start + min(size, end - start)), start: start)
    }

    /// The first box of this name.
    func first(_ type: String, in range: Range<Int64>) throws(ContainerError) -> Box? {
        var found: Box?
        try boxes(in: range) { box throws(ContainerError) in
            if box.type == type { found = box }
            return found == nil
        }
        return found
    }

    /// The box at the end of a path of names.
    func first(_ path: [String], in range: Range<Int64>) throws(ContainerError) -> Box? {
        var range = range
        var found: Box?
        for name in path {
            found = try first(name, in: range)
            guard let box = found else { return nil }
            range = box.body
        }
        return found
    }
}
