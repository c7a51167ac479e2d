import Model
import Testing

@testable import Daemon

@Suite struct HostileTextTests {
    @Test(arguments: [
        "", " ", "outbox", "outbox 1", "outbox 1 2 3", "outbox  1 2", "outbox -1 2", "outbox 9223372036854775808 1", "session 0",
        "session \u{661}",
        "watch", "ping 1", "PING", "ping\u{0}", "\u{1F600} 1",
    ])
    func linesAtTheDoorbell(_ line: String) { #expect(DoorbellLine(parsing: line) == nil) }

    @Test(arguments: ["", ",", "0s", "-1s", "s", "9223372036854775807d", "31d", "1w", "1s,", String(repeating: "1s,", count: 20) + "1s"])
    func schedules(_ text: String) { #expect(RetrySchedule(parsing: text) == nil) }

    @Test(arguments: [[], [10], [UInt8](repeating: 10, count: 5), [UInt8](repeating: 255, count: 17)] as [[UInt8]])
    func addressesOfOddLengths(_ address: [UInt8]) { #expect(!AddressPolicy(.any).permits(address, port: 80)) }

    @Test(arguments: ["", "wss://", "wss://:443", "wss://x:0", "wss://x:65536", "wss://u@x", "http://x", "wss://x#f", "\u{0}"])
    func addressesOfTheService(_ text: String) { #expect(throws: TransportError.badURL) { try ServiceEndpoint(text) } }

    @Test func pagesThatTellNoRevision() {
        #expect(VersionLookup.revision(in: Array("client_revision\":99999999999".utf8)) == nil)
        #expect(VersionLookup.revision(in: Array("client_revision".utf8) + [UInt8](repeating: 0xFF, count: 64)) == nil)
    }
}
