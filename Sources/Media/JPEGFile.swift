/// The segments of a JPEG file: its size, which way is up, and a copy without what a camera writes beside the picture.
struct JPEGFile {
    let width: Int
    let height: Int
    /// 1 to 8 as EXIF counts; 1 is upright.
    let orientation: Int
    /// 1, 3, or 4 for inks, which phones do not show.
    let components: Int

    private static let segmentLimit = 2_000

    init(_ file: FileBytes) throws(ContainerError) {
        var size: (width: Int, height: Int, components: Int)?
        var orientation = 1
        try Self.walk(file) { marker, body, _ throws(ContainerError) in
            switch marker {
            case 0xE1: orientation = ExifOrientation.read(try file.some(Int(min(body.upperBound - body.lowerBound, 65_536)), at: body.lowerBound)) ?? orientation
            case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
                let frame = try file.read(6, at: body.lowerBound)
                size = (frame.bigEndian16(3) ?? 0, frame.bigEndian16(1) ?? 0, Int(frame[5]))
            default: break
            }
            return marker != 0xDA
        }
        guard let size, size.width > 0, size.height > 0 else { throw .damaged }
        (width, height, components) = size
        self.orientation = orientation
    }

    /// Copies picture, colour profile and nothing else; what follows the picture (a second one, a video) stays behind too.
    static func copyBare(_ file: FileBytes, to output: FileOutput) throws(ContainerError) {
        try output.write([0xFF, 0xD8])
        try walk(file) { marker, body, entropy throws(ContainerError) in
            guard try keeps(marker, body, file) else { return true }
            let length = Int(body.upperBound - body.lowerBound) + 2
            try output.write([0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)])
            try copy(body, of: file, to: output)
            if let entropy { try copy(entropy, of: file, to: output) }
            return true
        }
        try output.write([0xFF, 0xD9])
    }

    private static func keeps(_ marker: UInt8, _ body: Range<Int64>, _ file: FileBytes) throws(ContainerError) -> Bool {
        switch marker {
        case 0xE0, 0xEE: true
        case 0xE2: try file.some(11, at: body.lowerBound).has("ICC_PROFILE", at: 0)
        case 0xE1...0xEF, 0xFE: false
        default: true
        }
    }

    private static func copy(_ range: Range<Int64>, of file: FileBytes, to output: FileOutput) throws(ContainerError) {
        var at = range.lowerBound
        while at < range.upperBound {
            let piece = try file.read(Int(min(32 << 10, range.upperBound - at)), at: at)
            try output.write(piece)
            at += Int64(piece.count)
        }
    }

    /// Calls `visit` with each segment, its body and, of a scan, the coded data behind it, until it answers false or the picture ends.
    private static func walk(
        _ file: FileBytes, _ visit: (UInt8, Range<Int64>, Range<Int64>?) throws(ContainerError) -> Bool
    ) throws(ContainerError) {
        guard try file.some(2, at: 0) == [0xFF, 0xD8] else { throw .damaged }
        var at: Int64 = 2
        for _ in 0..<segmentLimit {
            var head = try file.some(4, at: at)
            // A marker may be preceded by any number of filling bytes.
            while head.count >= 2, head[0] == 0xFF, head[1] == 0xFF {
                at += 1
                head = try file.some(4, at: at)
            }
            // A picture whose end is missing is shown as far as it goes.
            guard head.count == 4, head[0] == 0xFF, head[1] != 0xD9 else { return }
            guard let length = head.bigEndian16(2), length >= 2, case let body = (at + 4)..<(at + 2 + Int64(length)),
                body.upperBound <= file.length
            else { throw .damaged }
            let entropy = head[1] == 0xDA ? body.upperBound..<(try endOfEntropy(file, from: body.upperBound)) : nil
            guard try visit(head[1], body, entropy) else { return }
            at = entropy?.upperBound ?? body.upperBound
        }
        throw .damaged
    }

    /// Where the next marker is that does not belong to coded data.
    private static func endOfEntropy(_ file: FileBytes, from start: Int64) throws(ContainerError) -> Int64 {
        var at = start
        while true {
            let piece = try file.some(16 << 10, at: at)
            guard piece.count >= 2 else { return file.length }
            var index = 0
            while let found = piece[index...].firstIndex(of: 0xFF), found + 1 < piece.count {
                let next = piece[found + 1]
                if next != 0, next != 0xFF, !(0xD0...0xD7).contains(next) { return at + Int64(found) }
                index = found + (next == 0xFF ? 1 : 2)
            }
            // The last byte may be the first of a marker.
            at += Int64(max(piece.count - 1, 1))
        }
    }
}

/// The one fact of a camera's notes that the picture needs.
enum ExifOrientation {
    /// - Parameter segment: `Exif`, two zeros, and a TIFF directory. nil where there is none that can be read.
    static func read(_ segment: [UInt8]) -> Int? {
        guard segment.has("Exif\0\0", at: 0) else { return nil }
        let tiff = Array(segment.dropFirst(6))
        let isBig = tiff.has("MM\0*", at: 0)
        guard isBig || tiff.has("II*\0", at: 0) else { return nil }
        func short(_ at: Int) -> Int? { isBig ? tiff.bigEndian16(at) : tiff.littleEndian16(at) }
        guard let start = isBig ? tiff.bigEndian32(4) : tiff.littleEndian32(4), start < 65_536, let count = short(Int(start)) else {
            return nil
        }
        for index in 0..<min(count, 512) {
            let entry = Int(start) + 2 + index * 12
            guard let tag = short(entry) else { return nil }
            if tag == 0x0112, let value = short(entry + 8) { return (1...8).contains(value) ? value : nil }
        }
        return nil
    }
}
