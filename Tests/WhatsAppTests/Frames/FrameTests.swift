import CryptoPrimitives
import Testing
@testable import WhatsApp

@Suite struct FrameTests {
    @Test func headers() throws {
        for vector in try BinaryXMLVectors.load().frame_header {
            let frame = try Frame.encode([UInt8](repeating: 1, count: vector.length))
            #expect(Hex.encode(Array(frame.prefix(3))) == vector.bytes)
            #expect(frame.count == vector.length + 3)
        }
    }

    @Test func everySplitOfAStream() throws {
        let vector = try BinaryXMLVectors.load().frame_split
        let stream = try bytes(vector.stream)
        let expected = try vector.frames.map { try bytes($0) }
        for first in 0...stream.count {
            for second in first...stream.count {
                var decoder = FrameDecoder()
                var frames: [[UInt8]] = []
                for piece in [stream[..<first], stream[first..<second], stream[second...]] {
                    decoder.append(piece)
                    while let frame = try decoder.next() { frames.append(frame) }
                }
                #expect(frames == expected, "split at \(first) and \(second)")
                #expect(decoder.pendingBytes == 0)
            }
        }
    }

    @Test func singleBytesAndEmptyFrames() throws {
        var decoder = FrameDecoder()
        var frames: [[UInt8]] = []
        for byte in [0, 0, 0, 0, 0, 1, 9, 0, 0, 0] as [UInt8] {
            decoder.append([byte])
            while let frame = try decoder.next() { frames.append(frame) }
        }
        #expect(frames == [[], [9], []])
    }

    @Test func manyFramesInOneMessage() throws {
        let payloads = (0..<1_000).map { [UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: $0) }
        var decoder = FrameDecoder()
        decoder.append(try payloads.flatMap { try Frame.encode($0) })
        for payload in payloads { #expect(try decoder.next() == payload) }
        #expect(try decoder.next() == nil)
    }

    @Test func lengthLimits() throws {
        var decoder = FrameDecoder(limit: 4)
        decoder.append([0, 0, 4, 1, 2, 3, 4, 0, 0, 5])
        #expect(try decoder.next() == [1, 2, 3, 4])
        #expect(throws: FrameError.announcedTooLong(bytes: 5, limit: 4)) { try decoder.next() }
        #expect(Frame.maximumPayload == 16_777_215)
        #expect(try Frame.encode([UInt8](repeating: 0, count: Frame.maximumPayload)).prefix(3) == [0xFF, 0xFF, 0xFF])
        #expect(throws: FrameError.tooLong(bytes: 16_777_216)) { try Frame.encode([UInt8](repeating: 0, count: 16_777_216)) }
    }

    @Test func connectionHeaderIsReadFromEverySplit() {
        for routing: [UInt8]? in [nil, [8, 2, 8, 0xCC, 1], [0x57]] {
            let stream = ConnectionHeader.encode(routingInfo: routing) + [0, 0, 1, 7]
            for split in 0...stream.count {
                var decoder = ConnectionHeaderDecoder()
                let first = decoder.append(stream[..<split])
                if case .complete(let info, let rest) = first {
                    #expect(info == routing)
                    #expect(rest + stream[split...] == [0, 0, 1, 7])
                } else {
                    #expect(first == .incomplete)
                    let second = decoder.append(stream[split...])
                    #expect(second == .complete(routingInfo: routing, rest: [0, 0, 1, 7]))
                }
            }
        }
    }

    @Test(arguments: [
        [0x58] as [UInt8], [0x57, 0x41, 0x06, 0x02], Array("GET / HTTP/1.1".utf8), [0x45, 0x44, 0, 2],
        [0x45, 0x44, 0, 1, 0xFF, 0xFF, 0xFF], [0x45, 0x44, 0, 1, 0, 0, 1, 9, 0x45],
    ])
    func connectionHeaderRefusesOthers(_ stream: [UInt8]) {
        var decoder = ConnectionHeaderDecoder()
        #expect(decoder.append(stream) == .refused)
    }

    @Test func uselessRoutingInfoIsLeftOut() {
        #expect(ConnectionHeader.encode(routingInfo: []) == ConnectionHeader.bytes)
        #expect(ConnectionHeader.encode(routingInfo: [UInt8](repeating: 0, count: 1 << 24)) == ConnectionHeader.bytes)
    }
}
