import CMedia
import Model

/// Looks into a sound, and makes a voice message of it where one is wanted.
struct AudioPreparation {
    let path: String
    let length: Int64
    let scratch: Scratch
    private let kind = MediaKind.audio

    init(path: String, length: Int64, scratch: Scratch) {
        self.path = path
        self.length = length
        self.scratch = scratch
    }

    func prepare(_ type: FileType, isVoiceNote: Bool) throws(MediaError) -> PreparedMedia {
        guard type.kind == .audio || [.mp4, .quickTime, .threeGP].contains(type) else {
            throw MediaError(.wrongKind, kind, "is \(type.words); use send-\(type.kind.rawValue)")
        }
        do {
            let file = try FileBytes(path)
            // Many sounds call themselves MP4; a film has a picture.
            if type.kind == .video || type == .m4a, try MP4File(file).picture != nil {
                throw MediaError(.wrongKind, kind, "is \(type.kind == .video ? type.words : "a video"); use send-video")
            }
            if isVoiceNote { return try voice(type, file) }
            var prepared = PreparedMedia(
                path: path, mimeType: type.kind == .video ? FileType.m4a.mimeType : type.mimeType, fileLength: length)
            prepared.seconds = try SoundLength.seconds(type, file)
            return prepared
        } catch let error as MediaError { throw error } catch let error as ContainerError { throw MediaError(error, kind, type) } catch {
            throw MediaError(.damaged, kind, "is damaged")
        }
    }

    private func voice(_ type: FileType, _ file: FileBytes) throws -> PreparedMedia {
        switch type {
        case .oggOpus: return try opus(file)
        case .mp3, .wav: return try converted(type, file)
        default:
            throw MediaError(
                .unsupported, kind,
                "is \(type.kind == .video ? FileType.m4a.words : type.words), which cannot become a voice message here; send it as Ogg Opus, MP3 or WAV, or without `ptt` as an ordinary audio"
            )
        }
    }

    /// Goes out as it is where phones would have recorded it so.
    private func opus(_ file: FileBytes) throws -> PreparedMedia {
        var waveform = Waveform(rate: 48_000)
        let opus = try OpusFile(file, hear: { waveform.add($0) })
        guard opus.samples > 0 else { throw ContainerError.damaged }
        guard opus.head.channels == 1, opus.hasUsualFrames else { return try converted(.oggOpus, file) }
        var prepared = PreparedMedia(path: path, mimeType: FileType.oggOpus.mimeType, fileLength: length)
        prepared.seconds = SoundLength.rounded(opus.samples, 48_000)
        prepared.waveform = waveform.bytes
        return prepared
    }

    private func converted(_ type: FileType, _ file: FileBytes) throws -> PreparedMedia {
        let output = try FileOutput(scratch.newPath())
        let encoder: VoiceEncoder
        switch type {
        case .mp3: encoder = try MP3Sound.convert(file, to: output)
        case .wav: encoder = try WAVSound.convert(file, to: output)
        default:
            encoder = try VoiceEncoder(output, inputRate: 48_000)
            _ = try OpusFile(file, hear: { sound throws(ContainerError) in try encoder.add(sound) })
        }
        let samples = try encoder.finish()
        guard samples > 0 else { throw ContainerError.damaged }
        var prepared = PreparedMedia(path: output.path, mimeType: FileType.oggOpus.mimeType, fileLength: output.length)
        prepared.isConverted = true
        prepared.seconds = SoundLength.rounded(samples, 48_000)
        prepared.waveform = encoder.waveform.bytes
        return prepared
    }
}

/// The samples of an MP3 file.
enum MP3Sound {
    static func convert(_ file: FileBytes, to output: FileOutput) throws(ContainerError) -> VoiceEncoder {
        guard let decoder = wa_mp3_decoder_new() else { throw .unreadable }
        defer { wa_mp3_decoder_free(decoder) }
        var frames = try MP3Frames(file)
        var encoder: VoiceEncoder?
        var left = [Int16](repeating: 0, count: 4_608)
        var right = left
        while let (frame, at) = try frames.next() {
            let voice: VoiceEncoder
            if let encoder { voice = encoder } else { voice = try VoiceEncoder(output, inputRate: frame.rate) }
            encoder = voice
            var bytes = try file.read(frame.length, at: at)
            let count = wa_mp3_decode(decoder, &bytes, bytes.count, &left, &right)
            guard count > 0 else { continue }
            try voice.add((0..<min(Int(count), left.count)).map { (Float(left[$0]) + Float(right[$0])) / 65_536 })
        }
        guard let encoder else { throw .damaged }
        return encoder
    }
}

/// The samples of a WAV file.
enum WAVSound {
    static func convert(_ file: FileBytes, to output: FileOutput) throws(ContainerError) -> VoiceEncoder {
        let wave = try WAVFile(file)
        let encoder = try VoiceEncoder(output, inputRate: wave.rate)
        let piece = Int64(wave.frameBytes) * 2_048
        var at = wave.data.lowerBound
        while at < wave.data.upperBound {
            let bytes = try file.some(Int(min(piece, wave.data.upperBound - at)), at: at)
            guard bytes.count >= wave.frameBytes else { break }
            try encoder.add(wave.samples(bytes))
            at += Int64(bytes.count)
        }
        return encoder
    }
}
