import CMedia

/// An Ogg Opus file, listened to from beginning to end.
struct OpusFile {
    let head: OpusStream.Head
    /// At 48 kHz, without what is skipped at the beginning.
    private(set) var samples: Int64 = 0
    /// Whether all frames last 20 ms, as phones record them; some refuse others.
    private(set) var hasUsualFrames = true

    /// Calls `hear` with the sound, one channel at 48 kHz.
    init(_ file: FileBytes, hear: ([Float]) throws(ContainerError) -> Void = { _ in }, decodes: Bool = true) throws(ContainerError) {
        var packets = OggPackets(file)
        guard let first = try packets.next(), first.has("OpusHead", at: 0) else { throw .damaged }
        guard let head = OpusStream.Head(first) else { throw .unsupported }
        guard let tags = try packets.next(), tags.has("OpusTags", at: 0) else { throw .damaged }
        self.head = head
        guard let decoder = wa_opus_decoder_new(48_000) else { throw .unreadable }
        defer { wa_opus_decoder_free(decoder) }
        var heard: Int64 = 0
        while let packet = try packets.next() {
            guard let length = OpusStream.samples(packet) else { continue }
            if OpusStream.frameSamples(packet[0]) != 960 { hasUsualFrames = false }
            if decodes {
                let sound = Self.decode(packet, decoder)
                try hear(Array(sound.dropFirst(Int(max(0, Int64(head.skip) - heard)))))
            }
            heard += Int64(length)
        }
        // The last page may say that the sound ends before its last packet.
        samples = max(0, min(packets.position ?? heard, heard) - Int64(head.skip))
    }

    private static func decode(_ packet: [UInt8], _ decoder: OpaquePointer) -> [Float] {
        var sound = [Int16](repeating: 0, count: 5_760)
        let count = wa_opus_decode(decoder, packet, Int32(packet.count), &sound, Int32(sound.count))
        return count > 0 ? sound.prefix(Int(count)).map { Float($0) / 32_768 } : []
    }
}
