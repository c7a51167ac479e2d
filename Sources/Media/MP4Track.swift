/// One track of an MP4 file.
struct MP4Track {
    /// `vide`, `soun`, ….
    let handler: String
    /// `avc1`, `hvc1`, `mp4a`, …: empty where there is none.
    let codec: String
    /// As it is shown, turned; 0 where the file does not say.
    let width: Int
    let height: Int
    /// How the stored picture is turned upright, as EXIF counts.
    let orientation: Int
    /// The box with the tables of its samples.
    let table: Box?
    /// The first entry of the sample description: its fields and boxes.
    let entry: Box?

    /// nil for a track without a handler, which nobody plays.
    init?(_ box: Box, _ reader: BoxReader) throws(ContainerError) {
        guard let header = try reader.first("tkhd", in: box.body), let media = try reader.first("mdia", in: box.body),
            let handler = try reader.first("hdlr", in: media.body)
        else { return nil }
        self.handler = String(decoding: try reader.file.some(12, at: handler.body.lowerBound).dropFirst(8), as: UTF8.self)
        table = try reader.first(["minf", "stbl"], in: media.body)
        entry = try table.flatMap { table throws(ContainerError) in try Self.entry(table, reader) }
        codec = entry?.type ?? ""
        let fields = try reader.file.some(96, at: header.body.lowerBound)
        let shift = fields.first == 1 ? 12 : 0
        orientation = Self.orientation(fields, at: 40 + shift)
        var size = (Int(fields.bigEndian32(76 + shift) ?? 0) >> 16, Int(fields.bigEndian32(80 + shift) ?? 0) >> 16)
        if size.0 == 0 || size.1 == 0, self.handler == "vide", let entry {
            let sample = try reader.file.some(28, at: entry.body.lowerBound)
            size = (sample.bigEndian16(24) ?? 0, sample.bigEndian16(26) ?? 0)
        }
        (width, height) = orientation >= 5 ? (size.1, size.0) : size
    }

    private static func entry(_ table: Box, _ reader: BoxReader) throws(ContainerError) -> Box? {
        guard let descriptions = try reader.first("stsd", in: table.body), descriptions.body.upperBound - descriptions.body.lowerBound >= 16
        else { return nil }
        var first: Box?
        try reader.boxes(in: (descriptions.body.lowerBound + 8)..<descriptions.body.upperBound) { box in
            first = box
            return false
        }
        return first
    }

    /// From the first two rows of the matrix, whose numbers are 1, 0 or -1 at quarter turns.
    private static func orientation(_ header: [UInt8], at: Int) -> Int {
        let numbers = [0, 4, 12, 16].map { header.bigEndian32(at + $0).map { Int32(bitPattern: $0) } ?? 0 }
        switch numbers.map({ $0.signum() }) {
        case [0, 1, -1, 0]: return 6
        case [0, -1, 1, 0]: return 8
        case [-1, 0, 0, -1]: return 3
        default: return 1
        }
    }
}
