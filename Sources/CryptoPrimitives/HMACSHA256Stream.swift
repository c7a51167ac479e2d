/// HMAC-SHA-256 over input that comes in parts (RFC 2104).
///
/// Over libcrypto's digest, which uses the processor's instructions for it: files have to go through here.
package struct HMACSHA256Stream: ~Copyable {
    private static let blockLength = 64

    private var inner = SHA256Stream()
    /// The key as the outer digest takes it.
    private let outerKey: [UInt8]

    package init(key: [UInt8]) {
        var block = key.count > Self.blockLength ? SHA256.hash(key) : key
        block += [UInt8](repeating: 0, count: Self.blockLength - block.count)
        outerKey = block.map { $0 ^ 0x5C }
        inner.update(block.map { $0 ^ 0x36 })
    }

    package mutating func update(_ part: some Collection<UInt8>) { inner.update(part) }

    /// The 32-byte code of all parts. Ends the stream.
    package consuming func code() -> [UInt8] {
        var outer = SHA256Stream()
        outer.update(outerKey)
        outer.update(inner.digest())
        return outer.digest()
    }
}
