import Model
import Testing

@testable import Store

/// Values that other hands have written into the database: an error for the row, never a trap.
@Suite struct HostileRowTests {
    private static let values: [SQLValue] = [
        .null, .integer(.min), .integer(.max), "", "x", "9223372036854775808", "0000-00-00 00:00:00", .bytes([]), .bytes([0xFF, 0xC3]),
        .text(String(repeating: "9", count: 70_000)),
    ]

    private func rows(_ columns: String) -> [Row] {
        let names = columns.split { " ,\n".contains($0) }.map { $0.split(separator: ".").last.map(String.init) ?? "" }
        let index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return Self.values.map { Row(columns: index, values: [SQLValue](repeating: $0, count: names.count)) }
            + [Row(columns: index, values: []), Row(columns: [:], values: [1])]
    }

    @Test func rowsOfOneValueThroughout() throws {
        let sealer = Sealer(key: try #require(SecretKey(bytes: [UInt8](repeating: 1, count: 32))))
        for row in rows(SessionRow.columns) { #expect(throws: StoreError.self) { try SessionRow(row) } }
        for row in rows(MessageRow.select) { #expect(throws: StoreError.self) { try MessageRow(row) } }
        for row in rows(OutboxRow.select) { #expect(throws: StoreError.self) { try OutboxRow(row) } }
        for row in rows(ContactRow.columns) { #expect(throws: StoreError.self) { try ContactRow(row) } }
        for row in rows(DeliveryRow.select) { #expect(throws: StoreError.self) { try DeliveryRow(row) } }
        for row in rows(APIKeyRow.columns) { #expect(throws: StoreError.self) { try APIKeyRow(row) } }
        for row in rows(WebhookRow.columns) { #expect(throws: StoreError.self) { try WebhookRow(row) } }
        for row in rows(CredentialsRow.columns) { #expect(throws: StoreError.self) { try CredentialsRow(row, session: 1, sealer: sealer) } }
    }

    @Test(arguments: ["65536", "-1", "0:", "0:1:2", ":", "a", "0:4294967296", "0,1"])
    func deviceLists(_ text: String) {
        let row = Row(
            columns: ["devices": 0, "raw_id": 1, "key_index_at": 1, "fetched_at": 2], values: [.text(text), .null, "2026-02-27 10:00:00"])
        #expect(throws: StoreError.malformed("devices")) { try DeviceListRow(row) }
    }

    @Test func sealedValues() throws {
        let sealer = Sealer(key: try #require(SecretKey(bytes: [UInt8](repeating: 1, count: 32))))
        let place = SealedPlace("t", "c", row: ["1"])
        let sealed = try sealer.seal([1, 2, 3], at: place)
        for length in 0..<sealed.count { #expect(throws: place.tampered) { try sealer.open(Array(sealed.prefix(length)), at: place) } }
        for index in sealed.indices {
            var flipped = sealed
            flipped[index] ^= 0x10
            #expect(throws: place.tampered) { try sealer.open(flipped, at: place) }
        }
        #expect(throws: place.tampered) { try sealer.open(sealed + [0], at: place) }
    }
}
