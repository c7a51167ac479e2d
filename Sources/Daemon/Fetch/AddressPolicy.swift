package import Model

/// Decides which addresses webhooks are sent to and files are fetched from, so that nobody who can name an address reaches into the host's own network.
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
        /// Shared and documentation ranges: some networks of providers and laboratories.
        case special
        /// Multicast, unspecified, broadcast: no web server can be there. Link-local and the like: there clouds keep their secrets, and no setting
        /// means those.
        case nowhere

        init(of address: [UInt8]) {
            switch address.count {
            case 4: self = Self.v4(address)
            case 16: self = Self.v6(address)
            default: self = .nowhere
            }
        }

        private static func v4(_ a: [UInt8]) -> Reach {
            switch (a[0], a[1], a[2], a[3]) {
            case (0, _, _, _), (224..., _, _, _), (169, 254, _, _): .nowhere
            // What Alibaba's and Azure's machines are told about themselves.
            case (100, 100, 100, 200), (168, 63, 129, 16): .nowhere
            case (10, _, _, _), (127, _, _, _), (172, 16...31, _, _), (192, 168, _, _): .ownNetwork
            case (100, 64...127, _, _), (192, 0, 0, _), (192, 0, 2, _), (192, 88, 99, _), (198, 18...19, _, _), (198, 51, 100, _), (203, 0, 113, _):
                .special
            default: .everywhere
            }
        }

        private static func v6(_ a: [UInt8]) -> Reach {
            let v4Mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
            let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
            if a.starts(with: v4Mapped) || a.starts(with: translated) { return v4(Array(a[12...])) }
            if a[0] == 0x20, a[1] == 0x02 { return v4(Array(a[2..<6])) }
            if a.dropLast().allSatisfy({ $0 == 0 }) { return a[15] == 1 ? .ownNetwork : .nowhere }
            // Other ways to write an IPv4 address, of which only a translator knows where it leads: compatible, a network's own NAT64, Teredo.
            if a.prefix(12).allSatisfy({ $0 == 0 }) || a.starts(with: [0, 0x64, 0xFF, 0x9B, 0, 1]) || a.starts(with: [0x20, 0x01, 0, 0]) {
                return .nowhere
            }
            if a[0] == 0xFF || (a[0] == 0xFE && a[1] & 0xC0 == 0x80) || metadata.contains(a) { return .nowhere }
            if a[0] & 0xFE == 0xFC { return .ownNetwork }
            // Only 2000::/3 is given out for the Internet; within it some small ranges and documentation are special.
            if a[0] & 0xE0 != 0x20 { return .special }
            if a[0] == 0x20, a[1] == 0x01, a[2] < 0x02 || (a[2] == 0x0D && a[3] == 0xB8) { return .special }
            if a[0] == 0x3F, a[1] == 0xFF, a[2] & 0xF0 == 0 { return .special }
            return .everywhere
        }

        /// What machines of Amazon and Google are told about themselves: fd00:ec2::254, fd20:ce::254.
        private static let metadata: [[UInt8]] = [
            [0xFD, 0x00, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54],
            [0xFD, 0x20, 0x00, 0xCE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54],
        ]
    }
}
