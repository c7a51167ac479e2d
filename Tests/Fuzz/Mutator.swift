import WhatsApp

/// Makes inputs that are almost valid.
struct Mutator {
    let seeds: [[UInt8]]

    /// Bytes that mean something in binary XML, protobuf or lengths.
    private static let meaningful: [UInt8] = [
        0, 1, 2, 3, 0x0A, 0x12, 0x1A, 0x22, 0x7F, 0x80, 236, 237, 238, 239, 240, 245, 246, 247, 248, 249, 250, 251, 252, 253, 254, 255,
    ]
    /// Bytes that mean something in texts.
    private static let textual = Array("\"\\{}[]:;,.=&%?#/@+-_ \r\n09afneE*\u{7F}".utf8) + [0xC3, 0xED, 0xF0]
    private static let longest = 1 << 16

    func input(using rng: inout Jitter) -> [UInt8] {
        var input = seeds.randomElement(using: &rng) ?? []
        // One in 64 stays as it is, so that the way of valid inputs is walked too.
        for _ in 0..<(UInt8.random(in: 0..<64, using: &rng) == 0 ? 0 : Int.random(in: 1...6, using: &rng)) {
            mutate(&input, using: &rng)
        }
        return input
    }

    private func mutate(_ input: inout [UInt8], using rng: inout Jitter) {
        let place = Int.random(in: 0...input.count, using: &rng)
        let end = min(input.count, place + Int.random(in: 0...16, using: &rng))
        switch UInt8.random(in: 0..<10, using: &rng) {
        case 0 where place < input.count: input[place] ^= 1 << UInt8.random(in: 0..<8, using: &rng)
        case 1 where place < input.count: input[place] = Self.meaningful.randomElement(using: &rng) ?? 0
        case 2 where place < input.count: input[place] = input[place] &+ (Bool.random(using: &rng) ? 1 : 255)
        case 3: input.removeSubrange(place...)
        case 4: input.removeSubrange(place..<end)
        case 5: input.insert(contentsOf: (0..<Int.random(in: 1...8, using: &rng)).map { _ in .random(in: 0...255, using: &rng) }, at: place)
        case 6: input.insert(Self.meaningful.randomElement(using: &rng) ?? 0, at: place)
        case 7: input.insert(Self.textual.randomElement(using: &rng) ?? 0, at: place)
        case 8: splice(&input, at: place, using: &rng)
        default: repeatSlice(&input, place..<end, using: &rng)
        }
        if input.count > Self.longest { input.removeSubrange(Self.longest...) }
    }

    private func splice(_ input: inout [UInt8], at place: Int, using rng: inout Jitter) {
        guard let other = seeds.randomElement(using: &rng) else { return }
        let from = Int.random(in: 0...other.count, using: &rng)
        let piece = other[from...].prefix(Int.random(in: 0...64, using: &rng))
        if Bool.random(using: &rng) {
            input.replaceSubrange(place..., with: other[from...])
        } else {
            input.insert(contentsOf: piece, at: place)
        }
    }

    private func repeatSlice(_ input: inout [UInt8], _ range: Range<Int>, using rng: inout Jitter) {
        let slice = Array(input[range])
        for _ in 0..<Int.random(in: 1...60, using: &rng) { input.insert(contentsOf: slice, at: range.lowerBound) }
    }
}
