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
        let columns = Columns(names)
        return Self.values.map { Row(columns: columns, values: [SQLValue](repeating: $0, count: names.count)) }
            + [Row(columns: columns, values: []), Row(columns: Columns([]), values: [1])]
    }

    @Test func columnsAreFoundByName() throws {
        // More names than a byte counts, many of them with the length and the letters of others.
        let names = (0..<300).map { "c\($0 % 7)_\($0)_c" }
        let columns = Columns(names)
        for (index, name) in names.enumerated() { #expect(columns[name] == index) }
        #expect(columns["c0_1_c"] == nil && columns[""] == nil && Columns([])["id"] == nil)
        #expect(Columns(["id", "n", "id"])["id"] == 2, "the last one, as a join writes over")
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
            columns: Columns(["devices", "raw_id", "key_index_at", "fetched_at"]), values: [.text(text), .null, .null, "2026-02-27 10:00:00"])
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
