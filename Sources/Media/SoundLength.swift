/// How long sounds last that go out as they are.
enum SoundLength {
    /// nil where the file does not say.
    static func seconds(_ type: FileType, _ file: FileBytes) throws(ContainerError) -> Int? {
        switch type {
        case .mp3: return try mp3(file)
        case .wav:
            let wave = try WAVFile(file)
            return rounded((wave.data.upperBound - wave.data.lowerBound) / Int64(wave.frameBytes), wave.rate)
        case .oggOpus: return rounded(try OpusFile(file, decodes: false).samples, 48_000)
        case .m4a, .mp4, .quickTime, .threeGP: return try MP4File(file).seconds
        case .aac: return try adts(file)
        case .amr: return try amr(file)
        case .flac: return try flac(file)
        case .oggVorbis: return try vorbis(file)
        default: return nil
        }
    }

    static func rounded(_ samples: Int64, _ rate: Int) -> Int? {
        guard samples >= 0, rate > 0 else { return nil }
        return MP4File.rounded(UInt64(samples), UInt64(rate))
    }

    private static func mp3(_ file: FileBytes) throws(ContainerError) -> Int? {
        var frames = try MP3Frames(file)
        var samples: Int64 = 0
        var rate = 0
        while let (frame, _) = try frames.next() {
            samples += Int64(frame.samples)
            rate = frame.rate
        }
        guard rate > 0 else { throw .damaged }
        return rounded(samples, rate)
    }

    /// ISO 13818-7, 6.2: 1,024 samples in each frame, whose length has 13 bits.
    private static func adts(_ file: FileBytes) throws(ContainerError) -> Int? {
        let rates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350]
        var at: Int64 = 0
        var samples: Int64 = 0
        var rate = 0
        while case let head = try file.some(7, at: at), head.count == 7, head[0] == 0xFF, head[1] & 0xF6 == 0xF0 {
            let length = Int(head[3] & 3) << 11 | Int(head[4]) << 3 | Int(head[5] >> 5)
            let index = Int(head[2] >> 2 & 15)
            guard length >= 7, index < rates.count else { break }
            rate = rates[index]
            samples += 1_024
            at += Int64(length)
        }
        guard rate > 0 else { throw .damaged }
        return rounded(samples, rate)
    }

    /// RFC 4867, 5.3: 20 ms in each frame, whose kind stands in its first byte.
    private static func amr(_ file: FileBytes) throws(ContainerError) -> Int? {
        let isWide = try file.some(9, at: 0).has("#!AMR-WB\n", at: 0)
        let sizes: [Int64] =
            isWide ? [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1] : [13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1]
        var at: Int64 = isWide ? 9 : 6
        var frames: Int64 = 0
        while let head = try file.some(1, at: at).first {
            frames += 1
            at += sizes[Int(head >> 3 & 15)]
        }
        return rounded(frames, 50)
    }

    private static func flac(_ file: FileBytes) throws(ContainerError) -> Int? {
        let head = try file.some(26, at: 0)
        guard let word = head.bigEndian64(18) else { throw .damaged }
        return rounded(Int64(word & 0xF_FFFF_FFFF), Int(word >> 44))
    }

    private static func vorbis(_ file: FileBytes) throws(ContainerError) -> Int? {
        var packets = OggPackets(file)
        guard let head = try packets.next(), head.has("\u{1}vorbis", at: 0), let rate = head.littleEndian32(12) else { return nil }
        while try packets.next() != nil {}
        return rounded(packets.position ?? 0, Int(rate))
    }
}
