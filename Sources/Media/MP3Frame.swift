/// The header of one frame of MPEG sound, layer III (ISO 11172-3, 13818-3).
struct MP3Frame: Equatable {
    let rate: Int
    let samples: Int
    /// Bytes, header included.
    let length: Int
    let channels: Int

    private static let rates = [44_100, 48_000, 32_000]
    /// Kilobits a second, of MPEG 1 and of the halved rates.
    private static let full = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
    private static let half = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]

    init?(_ bytes: [UInt8], at: Int = 0) {
        guard at >= 0, at + 4 <= bytes.count, bytes[at] == 0xFF, bytes[at + 1] & 0xE0 == 0xE0 else { return nil }
        let version = bytes[at + 1] >> 3 & 3
        let bitrate = Int(bytes[at + 2] >> 4)
        let rateIndex = Int(bytes[at + 2] >> 2 & 3)
        guard version != 1, bytes[at + 1] >> 1 & 3 == 1, (1...14).contains(bitrate), rateIndex < 3, bytes[at + 3] & 3 != 2 else { return nil }
        rate = Self.rates[rateIndex] >> (version == 3 ? 0 : version == 2 ? 1 : 2)
        samples = version == 3 ? 1_152 : 576
        let kilobits = (version == 3 ? Self.full : Self.half)[bitrate - 1]
        length = samples / 8 * kilobits * 1_000 / rate + Int(bytes[at + 2] >> 1 & 1)
        channels = bytes[at + 3] >> 6 == 3 ? 1 : 2
    }
}

/// The frames of an MP3 file, one after the other.
struct MP3Frames {
    /// How far a next frame is looked for in what is none.
    private static let searchBytes: Int64 = 256 << 10
    private let file: FileBytes
    private var at: Int64
    private var first: MP3Frame?

    init(_ file: FileBytes) throws(ContainerError) {
        self.file = file
        at = 0
        // Notes at the beginning; their length has seven bits in each byte.
        let head = try file.some(10, at: 0)
        if head.count == 10, head.has("ID3", at: 0), head[6...].allSatisfy({ $0 < 0x80 }) {
            at = 10 + head[6..<10].reduce(0) { $0 << 7 | Int64($1) } + (head[5] & 0x10 != 0 ? 10 : 0)
        }
    }

    /// nil at the end. All frames have the rate of the first.
    mutating func next() throws(ContainerError) -> (frame: MP3Frame, at: Int64)? {
        let end = at + Self.searchBytes
        while at < min(end, file.length) {
            if let frame = MP3Frame(try file.some(4, at: at)), frame.length <= file.length - at, try fits(frame) {
                first = first ?? frame
                defer { at += Int64(frame.length) }
                return (frame, at)
            }
            at += 1
        }
        return nil
    }

    /// The first frame must be followed by another, or every second file would have one by chance.
    private func fits(_ frame: MP3Frame) throws(ContainerError) -> Bool {
        if let first { return frame.rate == first.rate && frame.samples == first.samples }
        let next = at + Int64(frame.length)
        guard next + 4 <= file.length else { return true }
        return MP3Frame(try file.some(4, at: next)).map { $0.rate == frame.rate } ?? false
    }
}
