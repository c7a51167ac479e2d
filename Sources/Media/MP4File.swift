/// What an MP4, QuickTime or 3GP file says of itself (ISO 14496-12).
struct MP4File {
    /// Rounded; nil where the file does not say.
    let seconds: Int?
    let tracks: [MP4Track]
    /// A JPEG or PNG that somebody put in as its cover.
    let cover: [UInt8]?
    /// Whether it plays while it loads.
    let beginsWithIndex: Bool

    private static let trackLimit = 16
    /// A cover is shown as a thumbnail.
    private static let coverBytes = 4 << 20

    init(_ file: FileBytes) throws(ContainerError) {
        let reader = BoxReader(file)
        var index: Box?
        var samplesStart: Int64?
        try reader.boxes(in: 0..<file.length) { box throws(ContainerError) in
            if box.type == "moov" { index = index ?? box }
            if box.type == "mdat" { samplesStart = samplesStart ?? box.start }
            return true
        }
        guard let index else { throw .damaged }
        beginsWithIndex = samplesStart.map { index.start < $0 } ?? true
        var duration: Int?
        var tracks: [MP4Track] = []
        try reader.boxes(in: index.body) { box throws(ContainerError) in
            switch box.type {
            case "mvhd": duration = try Self.seconds(file.some(32, at: box.body.lowerBound))
            case "trak" where tracks.count < Self.trackLimit:
                if let track = try MP4Track(box, reader) { tracks.append(track) }
            default: break
            }
            return true
        }
        if duration == nil || duration == 0 { duration = try Self.fragmentedSeconds(index, reader) ?? duration }
        seconds = duration
        self.tracks = tracks
        cover = try? Self.cover(index, reader)
    }

    var picture: MP4Track? { tracks.first { $0.handler == "vide" } }
    var hasSound: Bool { tracks.contains { $0.handler == "soun" } }

    /// From a header whose times have 4 or 8 bytes.
    private static func seconds(_ header: [UInt8]) -> Int? {
        let isLong = header.first == 1
        let scale = header.bigEndian32(isLong ? 20 : 12).map(UInt64.init)
        let duration = isLong ? header.bigEndian64(24) : header.bigEndian32(16).map(UInt64.init)
        guard let scale, scale > 0, let duration, duration != .max, duration != UInt64(UInt32.max) else { return nil }
        return Self.rounded(duration, scale)
    }

    static func rounded(_ units: UInt64, _ perSecond: UInt64) -> Int? {
        let whole = units / perSecond + (units % perSecond >= perSecond - perSecond / 2 ? 1 : 0)
        // Nothing that is sent lasts longer than a month.
        return whole <= 31 * 86_400 ? max(Int(whole), units > 0 ? 1 : 0) : nil
    }

    private static func fragmentedSeconds(_ index: Box, _ reader: BoxReader) throws(ContainerError) -> Int? {
        guard let movie = try reader.first("mvhd", in: index.body), let whole = try reader.first(["mvex", "mehd"], in: index.body) else {
            return nil
        }
        let header = try reader.file.some(32, at: movie.body.lowerBound)
        let extent = try reader.file.some(12, at: whole.body.lowerBound)
        let scale = header.bigEndian32(header.first == 1 ? 20 : 12).map(UInt64.init)
        let duration = extent.first == 1 ? extent.bigEndian64(4) : extent.bigEndian32(4).map(UInt64.init)
        guard let scale, scale > 0, let duration else { return nil }
        return rounded(duration, scale)
    }

    private static func cover(_ index: Box, _ reader: BoxReader) throws(ContainerError) -> [UInt8]? {
        guard let meta = try reader.first(["udta", "meta"], in: index.body) else { return nil }
        // In MP4 files four bytes of version and flags come first, in QuickTime files not.
        let isPlain = try reader.file.some(8, at: meta.body.lowerBound).has("hdlr", at: 4)
        let body = (meta.body.lowerBound + (isPlain ? 0 : 4))..<max(meta.body.upperBound, meta.body.lowerBound + 4)
        guard let data = try reader.first(["ilst", "covr", "data"], in: body) else { return nil }
        let length = data.body.upperBound - data.body.lowerBound - 8
        guard length > 0, length <= coverBytes else { return nil }
        return try reader.file.read(Int(length), at: data.body.lowerBound + 8)
    }
}
