import Glibc

/// An IP address or CIDR range. IPv4 addresses in IPv6 form (`::ffff:1.2.3.4`) count as IPv4.
package struct AddressRange: Sendable, Equatable {
    /// 4 or 16.
    package let bytes: [UInt8]
    /// Leading bits that count.
    let prefix: Int

    /// nil for anything but an address with an optional `/bits`.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, var bytes = Self.bytes(String(first)) else { return nil }
        var prefix = bytes.count * 8
        if parts.count == 2 {
            guard let bits = Int(parts[1]), (0...prefix).contains(bits) else { return nil }
            prefix = bits
        }
        if bytes.count == 16, prefix >= 96, bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) {
            bytes.removeFirst(12)
            prefix -= 96
        }
        self.bytes = bytes
        self.prefix = prefix
    }

    package func contains(_ other: AddressRange) -> Bool {
        guard bytes.count == other.bytes.count, other.prefix >= prefix else { return false }
        for (index, (mine, theirs)) in zip(bytes, other.bytes).enumerated() {
            let bits = min(8, max(0, prefix - index * 8))
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
            if mine & mask != theirs & mask { return false }
        }
        return true
    }

    package static func contains(_ address: String, in ranges: [String]) -> Bool {
        guard !ranges.isEmpty, let address = AddressRange(address) else { return false }
        return ranges.contains { AddressRange($0)?.contains(address) ?? false }
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        // C would read up to the NUL and take the rest, whatever it is, for part of the address.
        guard !text.utf8.contains(0) else { return nil }
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }
}
