/// Writes one stream of packets as an Ogg file (RFC 3533).
struct OggWriter {
    private let output: FileOutput
    private let serial: UInt32
    private var sequence: UInt32 = 0
    private var lacing: [UInt8] = []
    private var body: [UInt8] = []
    private var position: Int64 = 0

    init(_ output: FileOutput, serial: UInt32) {
        self.output = output
        self.serial = serial
    }

    /// - Parameter position: samples at 48 kHz up to the end of this packet.
    mutating func add(_ packet: [UInt8], position: Int64) throws(ContainerError) {
        let parts = packet.count / 255 + 1
        if lacing.count + parts > 255 { try writePage(flags: 0) }
        lacing += [UInt8](repeating: 255, count: parts - 1) + [UInt8(packet.count % 255)]
        body += packet
        self.position = position
        // A page a second.
        if lacing.count >= 50 { try writePage(flags: 0) }
    }

    /// The two headers stand on pages of their own.
    mutating func addHeader(_ packet: [UInt8], isFirst: Bool) throws(ContainerError) {
        try add(packet, position: 0)
        try writePage(flags: isFirst ? 2 : 0)
    }

    mutating func end() throws(ContainerError) { try writePage(flags: 4) }

    private mutating func writePage(flags: UInt8) throws(ContainerError) {
        var page: [UInt8] = Array("OggS".utf8) + [0, flags]
        for shift in stride(from: 0, to: 64, by: 8) { page.append(UInt8(truncatingIfNeeded: position >> Int64(shift))) }
        for number in [serial, sequence, 0] {
            for shift in stride(from: UInt32(0), to: 32, by: 8) { page.append(UInt8(truncatingIfNeeded: number >> shift)) }
        }
        page.append(UInt8(lacing.count))
        page += lacing + body
        let sum = OggChecksum.of(page)
        for index in 0..<4 { page[22 + index] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * index)) }
        try output.write(page)
        sequence &+= 1
        lacing = []
        body = []
    }
}

/// CRC-32 with the polynomial 04C11DB7, not reflected, from 0.
enum OggChecksum {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index) << 24) { value, _ in value << 1 ^ (value & 0x8000_0000 != 0 ? 0x04C1_1DB7 : 0) }
    }

    static func of(_ bytes: [UInt8]) -> UInt32 { bytes.reduce(0) { $0 << 8 ^ table[Int(UInt8($0 >> 24) ^ $1)] } }
}
