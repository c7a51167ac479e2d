package import Model

/// Decides which addresses a webhook may be sent to, so that nobody who can write a webhook row reaches into the host's own network.
package struct AddressPolicy: Sendable {
    package let allowed: PrivateFetch
    package init(_ allowed: PrivateFetch) { self.allowed = allowed }

    /// - Parameter address: 4 or 16 bytes in network order; anything else is refused.
    package func permits(_ address: [UInt8], port: Int) -> Bool {
        switch Reach(of: address) {
        case .everywhere: true
        case .ownNetwork: allowed == .any || (allowed == .web && (port == 80 || port == 443))
        case .special: allowed == .any
        case .nowhere: false
        }
    }

    /// How far an address reaches. Source: the registries of special-purpose addresses of IANA (RFC 6890).
    enum Reach {
        case everywhere
        /// Loopback and private ranges: where a site on the same host is.
        case ownNetwork
        /// Link-local (clouds keep their secrets at 169.254.169.254), shared and documentation ranges.
        case special
        /// Multicast, unspecified, broadcast: no web server can be there.
        case nowhere

        init(of address: [UInt8]) {
            switch address.count {
            case 4: self = Self.v4(address)
            case 16: self = Self.v6(address)
            default: self = .nowhere
            }
        }

        private static func v4(_ a: [UInt8]) -> Reach {
            switch (a[0], a[1], a[2]) {
            case (0, _, _), (224..., _, _): .nowhere
            case (10, _, _), (127, _, _), (172, 16...31, _), (192, 168, _): .ownNetwork
            case (169, 254, _), (100, 64...127, _), (192, 0, 0), (192, 0, 2), (198, 18...19, _), (198, 51, 100), (203, 0, 113): .special
            default: .everywhere
            }
        }

        private static func v6(_ a: [UInt8]) -> Reach {
            let v4Mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
            let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
            if a.starts(with: v4Mapped) || a.starts(with: translated) { return v4(Array(a[12...])) }
            if a[0] == 0x20, a[1] == 0x02 { return v4(Array(a[2..<6])) }
            if a.dropLast().allSatisfy({ $0 == 0 }) { return a[15] == 1 ? .ownNetwork : .nowhere }
            if a[0] == 0xFF { return .nowhere }
            if a[0] & 0xFE == 0xFC { return .ownNetwork }
            // Only 2000::/3 is given out for the Internet; within it Teredo and documentation are special.
            if a[0] & 0xE0 != 0x20 { return .special }
            if a[0] == 0x20, a[1] == 0x01, a[2] < 0x02 || (a[2] == 0x0D && a[3] == 0xB8) { return .special }
            return .everywhere
        }
    }
}
