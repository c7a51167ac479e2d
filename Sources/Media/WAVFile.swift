/// A RIFF file with plain samples.
struct WAVFile {
    enum Coding { case integer, float }
    let coding: Coding
    let channels: Int
    let rate: Int
    let bytesPerSample: Int
    /// Where the samples stand, within the file whatever its header says.
    let data: Range<Int64>

    init(_ file: FileBytes) throws(ContainerError) {
        var format: [UInt8]?
        var data: Range<Int64>?
        var at: Int64 = 12
        for _ in 0..<1_000 where data == nil && file.length - at >= 8 {
            let head = try file.read(8, at: at)
            let length = Int64(head.littleEndian32(4) ?? 0)
            let body = (at + 8)..<min(at + 8 + length, file.length)
            if head.has("fmt ", at: 0) { format = try file.some(Int(min(40, body.upperBound - body.lowerBound)), at: body.lowerBound) }
            if head.has("data", at: 0) { data = body }
            at = at + 8 + length + length % 2
        }
        guard let format, format.count >= 16, let data, let tag = format.littleEndian16(0), let channels = format.littleEndian16(2),
            let rate = format.littleEndian32(4), let bits = format.littleEndian16(14)
        else { throw .damaged }
        switch tag == 0xFFFE ? format.littleEndian16(24) ?? 0 : tag {
        case 1 where [8, 16, 24, 32].contains(bits): coding = .integer
        case 3 where bits == 32: coding = .float
        default: throw .unsupported
        }
        guard (1...8).contains(channels), (4_000...384_000).contains(rate) else { throw .unsupported }
        self.channels = channels
        self.rate = Int(rate)
        bytesPerSample = bits / 8
        self.data = data
    }

    var frameBytes: Int { channels * bytesPerSample }

    /// Of one channel, the mean of all, from -1 to 1.
    func samples(_ bytes: [UInt8]) -> [Float] {
        (0..<(bytes.count / frameBytes)).map { frame in
            var sum: Float = 0
            for channel in 0..<channels { sum += sample(bytes, at: frame * frameBytes + channel * bytesPerSample) }
            return sum / Float(channels)
        }
    }

    private func sample(_ bytes: [UInt8], at: Int) -> Float {
        if coding == .float {
            let value = Float(bitPattern: bytes.littleEndian32(at) ?? 0)
            return value.isFinite ? min(max(value, -1), 1) : 0
        }
        // Eight bits count from 0, more from below it.
        if bytesPerSample == 1 { return (Float(bytes[at]) - 128) / 128 }
        var value: UInt32 = 0
        for index in 0..<bytesPerSample { value |= UInt32(bytes[at + index]) << UInt32(8 * (4 - bytesPerSample + index)) }
        return Float(Int32(bitPattern: value)) / 2_147_483_648
    }
}
