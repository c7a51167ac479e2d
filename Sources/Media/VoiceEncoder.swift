import CMedia

/// Writes a voice message: Ogg Opus, one channel, frames of 20 ms, as phones record it.
final class VoiceEncoder {
    private let encoder: OpaquePointer
    private let output: FileOutput
    private var writer: OggWriter
    private var resampler: Resampler
    private(set) var waveform: Waveform
    private let rate: Int
    private let skip: Int
    private var pending: [Float] = []
    private var encoded: Int64 = 0
    /// At ``rate``.
    private var samples: Int64 = 0

    private var frame: Int { rate / 50 }
    private var factor: Int64 { Int64(48_000 / rate) }

    /// - Parameter inputRate: of the samples that will be added.
    init(_ output: FileOutput, inputRate: Int) throws(ContainerError) {
        rate = inputRate <= 16_000 ? 16_000 : 48_000
        guard let encoder = wa_opus_encoder_new(Int32(rate), rate == 16_000 ? 20_000 : 32_000) else { throw .unreadable }
        self.encoder = encoder
        self.output = output
        skip = Int(wa_opus_encoder_delay(encoder))
        resampler = Resampler(from: inputRate, to: rate)
        waveform = Waveform(rate: rate)
        writer = OggWriter(output, serial: .random(in: .min ... .max))
        try writer.addHeader(OpusStream.Head(channels: 1, skip: skip).packet(inputRate: rate), isFirst: true)
        try writer.addHeader(OpusStream.Head.tags, isFirst: false)
    }

    deinit { wa_opus_encoder_free(encoder) }

    func add(_ input: [Float]) throws(ContainerError) { try take(resampler.convert(input)) }

    private func take(_ converted: [Float]) throws(ContainerError) {
        waveform.add(converted)
        samples += Int64(converted.count)
        pending += converted
        var at = 0
        while pending.count - at >= frame {
            try encode(Array(pending[at..<(at + frame)]))
            at += frame
        }
        pending.removeFirst(at)
    }

    /// - Returns: the length in samples at 48 kHz.
    func finish() throws(ContainerError) -> Int64 {
        try take(resampler.finish())
        let total = samples * factor
        // Until the encoder has given out everything that it holds back.
        while encoded * factor < total + Int64(skip) {
            let rest = Array(pending.prefix(frame))
            pending = []
            try encode(rest + [Float](repeating: 0, count: frame - rest.count))
        }
        try writer.end()
        try output.finish()
        return total
    }

    private func encode(_ samples: [Float]) throws(ContainerError) {
        let whole = samples.map { Int16(min(max($0 * 32_767, -32_768), 32_767)) }
        var packet = [UInt8](repeating: 0, count: 1_500)
        let length = wa_opus_encode(encoder, whole, Int32(whole.count), &packet, Int32(packet.count))
        guard length > 0 else { throw .unreadable }
        encoded += Int64(samples.count)
        // The last page says where the sound ends, which cuts the filling off.
        try writer.add(Array(packet.prefix(Int(length))), position: min(encoded * factor, self.samples * factor + Int64(skip)))
    }
}
