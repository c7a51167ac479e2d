/// The first key frame of an H.264 track, as a decoder takes it.
struct KeyFrame {
    /// Parameter sets and slices, each behind a start code (ISO 14496-10, annex B).
    let bytes: [UInt8]

    /// What a picture of eight million pixels takes at the most.
    private static let sampleBytes = 4 << 20
    /// How far into a film a key frame is looked for.
    private static let sampleLimit = 2_000

    /// nil where the track is of another codec or has no such frame.
    init?(_ track: MP4Track, _ reader: BoxReader) throws(ContainerError) {
        guard ["avc1", "avc3"].contains(track.codec), let entry = track.entry, let table = track.table,
            entry.body.upperBound - entry.body.lowerBound > 78,
            let record = try reader.first("avcC", in: (entry.body.lowerBound + 78)..<entry.body.upperBound)
        else { return nil }
        let setup = try reader.file.some(4_096, at: record.body.lowerBound)
        guard let parameters = Self.parameterSets(Array(setup.prefix(Int(min(4_096, record.body.upperBound - record.body.lowerBound))))),
            let place = try Self.place(table, reader)
        else { return nil }
        let sample = try reader.file.read(place.size, at: place.offset)
        guard let slices = Self.units(sample, lengthBytes: parameters.lengthBytes) else { return nil }
        bytes = parameters.bytes + slices
    }

    /// ISO 14496-15, 5.3.3.1: counts and lengths of the sets.
    private static func parameterSets(_ record: [UInt8]) -> (bytes: [UInt8], lengthBytes: Int)? {
        guard record.count > 6 else { return nil }
        var bytes: [UInt8] = []
        var at = 5
        for mask in [0x1F, 0xFF] {
            guard at < record.count, case let count = Int(record[at]) & mask else { return nil }
            at += 1
            for _ in 0..<count {
                guard let length = record.bigEndian16(at), at + 2 + length <= record.count else { return nil }
                bytes += [0, 0, 0, 1] + record[(at + 2)..<(at + 2 + length)]
                at += 2 + length
            }
        }
        return (bytes, Int(record[4] & 3) + 1)
    }

    private static func units(_ sample: [UInt8], lengthBytes: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var at = 0
        while at + lengthBytes <= sample.count {
            let length = sample[at..<(at + lengthBytes)].reduce(0) { $0 << 8 | Int($1) }
            at += lengthBytes
            guard length > 0, length <= sample.count - at else { return bytes.isEmpty ? nil : bytes }
            bytes += [0, 0, 0, 1] + sample[at..<(at + length)]
            at += length
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// Where the first key frame stands in the file, by the tables of ISO 14496-12, 8.7.
    private static func place(_ table: Box, _ reader: BoxReader) throws(ContainerError) -> (offset: Int64, size: Int)? {
        let file = reader.file
        var number = 1
        if let sync = try reader.first("stss", in: table.body) {
            guard let first = try file.some(12, at: sync.body.lowerBound).bigEndian32(8), (1...sampleLimit).contains(Int(first)) else {
                return nil
            }
            number = Int(first)
        }
        guard let sizes = try reader.first("stsz", in: table.body), let runs = try reader.first("stsc", in: table.body) else { return nil }
        let (chunk, firstInChunk) = try chunk(of: number, try file.some(8 + 12 * 64, at: runs.body.lowerBound))
        guard let chunk, let start = try chunkOffset(chunk, table, reader) else { return nil }
        let head = try file.read(12, at: sizes.body.lowerBound)
        let fixed = Int64(head.bigEndian32(4) ?? 0)
        var offset = start
        for before in firstInChunk..<number { offset += try size(before, fixed, sizes, file) }
        let size = try size(number, fixed, sizes, file)
        guard size > 0, size <= sampleBytes, offset >= 0, offset <= file.length - size else { return nil }
        return (offset, Int(size))
    }

    private static func size(_ sample: Int, _ fixed: Int64, _ sizes: Box, _ file: FileBytes) throws(ContainerError) -> Int64 {
        if fixed > 0 { return fixed }
        let at = sizes.body.lowerBound + 12 + Int64(sample - 1) * 4
        guard at + 4 <= sizes.body.upperBound else { throw .damaged }
        return Int64(try file.read(4, at: at).bigEndian32(0) ?? 0)
    }

    /// The chunk, from 1, in which a sample is, and the first sample of that chunk. Runs: first chunk, samples in each, description.
    private static func chunk(of number: Int, _ runs: [UInt8]) throws(ContainerError) -> (chunk: Int?, firstInChunk: Int) {
        let count = min(Int(runs.bigEndian32(4) ?? 0), 64)
        var sample = 1
        for index in 0..<count {
            guard let first = runs.bigEndian32(8 + index * 12), let perChunk = runs.bigEndian32(12 + index * 12), perChunk > 0 else { break }
            let next = index + 1 < count ? runs.bigEndian32(8 + (index + 1) * 12) : nil
            if let next, next <= first { break }
            let chunks = next.map { Int($0 - first) } ?? Int(UInt32.max)
            let skipped = (number - sample) / Int(perChunk)
            if skipped < chunks { return (Int(first) + skipped, sample + skipped * Int(perChunk)) }
            sample += chunks * Int(perChunk)
        }
        return (nil, 0)
    }

    private static func chunkOffset(_ chunk: Int, _ table: Box, _ reader: BoxReader) throws(ContainerError) -> Int64? {
        for (name, bytes) in [("stco", 4), ("co64", 8)] {
            guard let offsets = try reader.first(name, in: table.body) else { continue }
            let at = offsets.body.lowerBound + 8 + Int64(chunk - 1) * Int64(bytes)
            guard at >= 0, at + Int64(bytes) <= offsets.body.upperBound else { return nil }
            let raw = try reader.file.read(bytes, at: at)
            return bytes == 4 ? raw.bigEndian32(0).map(Int64.init) : raw.bigEndian64(0).flatMap(Int64.init(exactly:))
        }
        return nil
    }
}
