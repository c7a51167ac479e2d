import Glibc

/// Changes the rate of one channel of sound, piece by piece, by a windowed sinc.
struct Resampler {
    /// Zero crossings on each side of the middle.
    private static let crossings = 12
    private static let steps = 256
    private static let kernel: [Float] = (0...(crossings * steps + steps)).map { index in
        let x = Double(index) / Double(steps)
        guard x < Double(crossings) else { return 0 }
        let window = 0.5 + 0.5 * cos(Double.pi * x / Double(crossings))
        return Float((index == 0 ? 1 : sin(Double.pi * x) / (Double.pi * x)) * window)
    }

    /// Input samples for each output sample.
    private let step: Double
    /// Below 1 where the new rate cannot hold the highest tones.
    private let cut: Double
    private let reach: Int
    private var input: [Float]
    /// Of the next output sample, in `input`.
    private var position: Double

    init(from: Int, to: Int) {
        step = Double(from) / Double(to)
        cut = min(1, 1 / step)
        reach = Int((Double(Self.crossings) / cut).rounded(.up))
        input = [Float](repeating: 0, count: reach)
        position = Double(reach)
    }

    mutating func convert(_ samples: [Float]) -> [Float] {
        guard step != 1 else { return samples }
        input += samples
        var output: [Float] = []
        output.reserveCapacity(Int(Double(samples.count) / step) + 2)
        while Int(position) + reach < input.count {
            output.append(sample())
            position += step
        }
        let used = min(max(0, Int(position) - reach), input.count)
        input.removeFirst(used)
        position -= Double(used)
        return output
    }

    /// What is left in it at the end.
    mutating func finish() -> [Float] { step == 1 ? [] : convert([Float](repeating: 0, count: reach)) }

    private func sample() -> Float {
        let middle = Int(position)
        var sum: Float = 0
        for index in (middle - reach + 1)...(middle + reach) {
            let distance = abs(Double(index) - position) * cut * Double(Self.steps)
            let at = Int(distance)
            guard at < Self.crossings * Self.steps else { continue }
            let part = Float(distance - Double(at))
            sum += input[index] * (Self.kernel[at] * (1 - part) + Self.kernel[at + 1] * part)
        }
        return sum * Float(cut)
    }
}
