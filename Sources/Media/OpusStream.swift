/// What the headers and packets of Opus in Ogg say (RFC 6716, 7845).
enum OpusStream {
    struct Head: Equatable {
        let channels: Int
        /// Samples at 48 kHz that are left out at the beginning.
        let skip: Int

        init?(_ packet: [UInt8]) {
            // Only the simple mapping: one or two channels in one stream.
            guard packet.count >= 19, packet.has("OpusHead", at: 0), packet[8] & 0xF0 == 0, (1...2).contains(packet[9]), packet[18] == 0,
                let skip = packet.littleEndian16(10)
            else { return nil }
            channels = Int(packet[9])
            self.skip = skip
        }

        init(channels: Int, skip: Int) {
            self.channels = channels
            self.skip = skip
        }

        func packet(inputRate: Int) -> [UInt8] {
            var packet: [UInt8] = Array("OpusHead".utf8) + [1, UInt8(channels), UInt8(skip & 0xFF), UInt8(skip >> 8 & 0xFF)]
            for shift in [0, 8, 16, 24] { packet.append(UInt8(truncatingIfNeeded: inputRate >> shift)) }
            return packet + [0, 0, 0]
        }

        static let tags: [UInt8] = Array("OpusTags".utf8) + [10, 0, 0, 0] + Array("WA-Connect".utf8) + [0, 0, 0, 0]
    }

    /// Samples at 48 kHz of one frame, by the first byte of a packet.
    static func frameSamples(_ first: UInt8) -> Int {
        let form = Int(first >> 3)
        switch form {
        case 0..<12: return [480, 960, 1_920, 2_880][form % 4]
        case 12..<16: return [480, 960][form % 2]
        default: return [120, 240, 480, 960][form % 4]
        }
    }

    /// Samples of the whole packet; nil for one that is none.
    static func samples(_ packet: [UInt8]) -> Int? {
        guard let first = packet.first else { return nil }
        let frames: Int
        switch first & 3 {
        case 0: frames = 1
        case 3:
            guard packet.count > 1 else { return nil }
            frames = Int(packet[1] & 0x3F)
        default: frames = 2
        }
        let samples = frames * frameSamples(first)
        return (1...5_760).contains(samples) ? samples : nil
    }
}
