/// The padding inside of every pairwise and group message: n bytes of value n, n from 1 to 16.
package enum MessagePadding {
    /// Appends 1 to 16 bytes, at random, so that lengths tell less.
    package static func pad(_ plaintext: [UInt8], using rng: inout some RandomNumberGenerator) -> [UInt8] {
        pad(plaintext, count: UInt8.random(in: 1...UInt8(SignalLimits.padding), using: &rng))
    }

    /// Removes the padding.
    /// - Throws: `invalidPadding` where the last byte is 0 or larger than the message, or the padding bytes differ.
    ///   More than 16 bytes are accepted, as by the clients of others.
    package static func unpad(_ padded: [UInt8]) throws(SignalError) -> [UInt8] {
        guard let count = padded.last, count > 0, count <= padded.count else { throw .invalidPadding }
        guard padded.suffix(Int(count)).allSatisfy({ $0 == count }) else { throw .invalidPadding }
        return Array(padded.dropLast(Int(count)))
    }

    static func pad(_ plaintext: [UInt8], count: UInt8) -> [UInt8] {
        plaintext + [UInt8](repeating: count, count: Int(count))
    }
}
