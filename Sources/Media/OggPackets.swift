/// The packets of the first stream of an Ogg file (RFC 3533).
struct OggPackets {
    /// Far beyond what a second of sound takes.
    private static let packetBytes = 256 << 10
    private let file: FileBytes
    private var at: Int64 = 0
    private var serial: UInt32?
    private var ready: [[UInt8]] = []
    private var unfinished: [UInt8] = []
    /// The count of samples that the last page ended with; nil before the first that says so.
    private(set) var position: Int64?

    init(_ file: FileBytes) { self.file = file }

    /// nil at the end, also where the file was cut off.
    mutating func next() throws(ContainerError) -> [UInt8]? {
        while ready.isEmpty {
            guard try readPage() else { return nil }
        }
        return ready.removeFirst()
    }

    private mutating func readPage() throws(ContainerError) -> Bool {
        let head = try file.some(27, at: at)
        guard head.count == 27 else { return false }
        guard head.has("OggS", at: 0), head[4] == 0 else { throw .damaged }
        let lacing = try file.some(Int(head[26]), at: at + 27)
        let bodyLength = lacing.reduce(0) { $0 + Int($1) }
        let start = at + 27 + Int64(lacing.count)
        guard lacing.count == Int(head[26]), start + Int64(bodyLength) <= file.length else { return false }
        at = start + Int64(bodyLength)
        let serial = head.littleEndian32(14)
        if self.serial == nil { self.serial = serial }
        // Pages of other streams in the same file.
        guard serial == self.serial else { return true }
        try take(try file.read(bodyLength, at: start), lacing, continues: head[5] & 1 != 0)
        if let granule = head.littleEndian64(6), granule != .max, let position = Int64(exactly: granule) { self.position = position }
        return true
    }

    /// A length of 255 says that the packet goes on.
    private mutating func take(_ body: [UInt8], _ lacing: [UInt8], continues: Bool) throws(ContainerError) {
        if !continues { unfinished = [] }
        var at = 0
        for length in lacing {
            unfinished += body[at..<(at + Int(length))]
            at += Int(length)
            guard unfinished.count <= Self.packetBytes else { throw .damaged }
            if length < 255 {
                ready.append(unfinished)
                unfinished = []
            }
        }
    }
}
