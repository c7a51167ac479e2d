import CryptoPrimitives

/// Codes over pieces of a file, with which phones play a video or recording while it is loading.
///
/// Piece i covers the bytes from 64 KiB times i on, 64 KiB and one block long, of vector, ciphertext and code together.
/// Source: protocol notes on media, section 1.
struct StreamingSidecar: ~Copyable {
    private static let stride = 65_536
    private static let overlap = 16
    private static let codeLength = 10

    private let key: [UInt8]
    /// The piece that is being filled, and its beginning of the stream.
    private var piece: [UInt8] = []
    private(set) var codes: [UInt8] = []

    init(key: [UInt8]) {
        self.key = key
        piece.reserveCapacity(Self.stride + Self.overlap)
    }

    mutating func update(_ part: [UInt8]) {
        var rest = part[...]
        while !rest.isEmpty {
            let wanted = Self.stride + Self.overlap - piece.count
            piece += rest.prefix(wanted)
            rest = rest.dropFirst(wanted)
            if piece.count == Self.stride + Self.overlap { close() }
        }
    }

    /// All codes; the last pieces are as long as what is left.
    consuming func finish() -> [UInt8] {
        if piece.count > Self.stride { close() }
        if !piece.isEmpty { close() }
        return codes
    }

    private mutating func close() {
        var code = HMACSHA256Stream(key: key)
        code.update(piece)
        codes += code.code().prefix(Self.codeLength)
        piece.removeFirst(min(Self.stride, piece.count))
    }
}
