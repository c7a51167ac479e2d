import WhatsApp

extension FuzzTarget {
    /// Chunks must not matter: any cut gives the frames of the whole.
    static let frame = FuzzTarget(
        name: "frame",
        seeds: {
            try VectorBytes.all(["frame"], in: "noise.json")
                + [[0, 0, 2, 0xAA, 0xBB, 0, 0, 3, 1, 2, 3], [0, 0, 0], [0, 0, 1, 9, 0, 0, 0]]
        },
        prepare: {
            { input, rng in
                let whole = frames(of: [input[...]])
                let cut = Int.random(in: 0...input.count, using: &rng)
                guard frames(of: [input[..<cut], input[cut...]]) == whole else { throw FuzzFinding(rule: "a cut changes the frames") }
            }
        })

    private struct Frames: Equatable {
        var payloads: [[UInt8]] = []
        var error: FrameError?
    }

    private static func frames(of pieces: [ArraySlice<UInt8>]) -> Frames {
        var (decoder, result) = (FrameDecoder(limit: 4_096), Frames())
        for piece in pieces where result.error == nil {
            decoder.append(piece)
            do {
                while let frame = try decoder.next() { result.payloads.append(frame) }
            } catch {
                result.error = error
            }
        }
        return result
    }

    static let connectionHeader = FuzzTarget(
        name: "connection-header",
        seeds: { try VectorBytes.all(["first_bytes_with_routing", "first_bytes_without_routing"], in: "noise.json") },
        prepare: {
            { input, rng in
                var whole = ConnectionHeaderDecoder()
                let expected = whole.append(input)
                var (cutUp, cut) = (ConnectionHeaderDecoder(), Int.random(in: 0...input.count, using: &rng))
                let result: ConnectionHeaderDecoder.Result
                switch cutUp.append(input[..<cut]) {
                case .complete(let routing, let rest): result = .complete(routingInfo: routing, rest: rest + input[cut...])
                case .incomplete: result = cutUp.append(input[cut...])
                case .refused: result = .refused
                }
                guard result == expected else { throw FuzzFinding(rule: "a cut changes the header") }
            }
        })
}
