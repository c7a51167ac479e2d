import Model
import Testing

@testable import Daemon

struct AddressPolicyTests {
    private static let everywhere: [[UInt8]] = [
        [8, 8, 8, 8], [172, 32, 0, 1], [100, 128, 0, 1],
        [0x2A, 0, 0x14, 0x50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    ]
    private static let ownNetwork: [[UInt8]] = [
        [127, 0, 0, 1], [10, 1, 2, 3], [172, 16, 0, 1], [192, 168, 1, 1],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1], [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1],
        [0x20, 0x02, 192, 168, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    ]
    private static let metadata: [[UInt8]] = [
        [169, 254, 169, 254], [169, 254, 0, 1], [100, 100, 100, 200], [168, 63, 129, 16],
        [0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [0xFE, 0xBF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 169, 254, 169, 254], [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 169, 254, 169, 254],
        [0x20, 0x02, 169, 254, 169, 254, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [0xFD, 0, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x54],
        // ::127.0.0.1, a network's own NAT64, Teredo: where they lead nobody knows.
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 127, 0, 0, 1], [0, 0x64, 0xFF, 0x9B, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1],
        [0x20, 0x01, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 1],
    ]
    private static let special: [[UInt8]] = [
        [100, 64, 0, 1], [192, 0, 2, 1], [198, 18, 0, 1], [203, 0, 113, 7], [0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    ]
    private static let nowhere: [[UInt8]] = [
        [0, 0, 0, 0], [224, 0, 0, 1], [255, 255, 255, 255], [0xFF, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [], [1, 2, 3],
    ]

    @Test(arguments: everywhere)
    func everybodyMayReachPublicAddresses(address: [UInt8]) {
        for setting in PrivateFetch.allCases { #expect(AddressPolicy(setting).permits(address, port: 8_080)) }
    }

    @Test(arguments: ownNetwork)
    func ownNetworkNeedsTheSettingAndWebPorts(address: [UInt8]) {
        #expect(!AddressPolicy(.no).permits(address, port: 80))
        #expect(AddressPolicy(.web).permits(address, port: 80))
        #expect(AddressPolicy(.web).permits(address, port: 443))
        #expect(!AddressPolicy(.web).permits(address, port: 3_306))
        #expect(AddressPolicy(.any).permits(address, port: 3_306))
    }

    /// Clouds keep their machines' secrets there: no setting opens that.
    @Test(arguments: metadata)
    func whereCloudsKeepSecretsIsNeverReached(address: [UInt8]) {
        for setting in PrivateFetch.allCases { #expect(!AddressPolicy(setting).permits(address, port: 80)) }
    }

    @Test(arguments: special)
    func specialRangesNeedTheWidestSetting(address: [UInt8]) {
        for setting in [PrivateFetch.no, .web] { #expect(!AddressPolicy(setting).permits(address, port: 80)) }
        #expect(AddressPolicy(.any).permits(address, port: 80))
    }

    @Test(arguments: nowhere)
    func nowhereIsNeverReached(address: [UInt8]) {
        #expect(!AddressPolicy(.any).permits(address, port: 80))
    }
}
