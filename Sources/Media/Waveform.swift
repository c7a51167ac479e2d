/// How loud a voice message is over its time, as phones draw it.
struct Waveform {
    static let bars = 64
    /// Mean loudness of each twentieth of a second; of hours, of longer spans.
    private var spans: [Float] = []
    private var spanSamples: Int
    private var sum: Float = 0
    private var count = 0

    init(rate: Int) { spanSamples = max(1, rate / 20) }

    mutating func add(_ samples: some Sequence<Float>) {
        for sample in samples {
            sum += abs(sample)
            count += 1
            if count == spanSamples { endSpan() }
        }
    }

    private mutating func endSpan() {
        spans.append(sum / Float(count))
        sum = 0
        count = 0
        guard spans.count >= 65_536 else { return }
        spans = stride(from: 0, to: spans.count, by: 2).map { (spans[$0] + spans[$0 + 1]) / 2 }
        spanSamples *= 2
    }

    /// 64 numbers from 0 to 100, the loudest 100.
    var bytes: [UInt8] {
        var spans = spans
        // A few samples left over, such as the filling of a last packet, are no bar of their own.
        if count > spanSamples / 2 || (spans.isEmpty && count > 0) { spans.append(sum / Float(count)) }
        guard !spans.isEmpty else { return [UInt8](repeating: 0, count: Self.bars) }
        let bars = (0..<Self.bars).map { bar in
            let from = bar * spans.count / Self.bars
            let part = spans[from..<max(from + 1, (bar + 1) * spans.count / Self.bars)]
            return part.reduce(0, +) / Float(part.count)
        }
        guard let loudest = bars.max(), loudest > 0 else { return [UInt8](repeating: 0, count: Self.bars) }
        return bars.map { UInt8(min(100, max(0, $0 / loudest * 100))) }
    }
}
