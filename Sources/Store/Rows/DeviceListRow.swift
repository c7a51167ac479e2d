package import Model

/// A row of `wa_devices`: the devices of one person as they were last fetched.
package struct DeviceListRow: Sendable, Equatable {
    package struct Device: Sendable, Hashable {
        /// 0 is the phone.
        package let id: UInt16
        package let keyIndex: UInt32?
        package init(id: UInt16, keyIndex: UInt32? = nil) {
            self.id = id
            self.keyIndex = keyIndex
        }
    }

    package var devices: [Device]
    /// Number and Unix seconds of the signed list, where there was one.
    package var rawID: UInt32?
    package var keyIndexTimestamp: Int64?
    package var fetchedAt: Timestamp

    package var numbers: [UInt16] { devices.map(\.id) }

    package init(devices: [Device], rawID: UInt32? = nil, keyIndexTimestamp: Int64? = nil, fetchedAt: Timestamp) {
        self.devices = devices
        self.rawID = rawID
        self.keyIndexTimestamp = keyIndexTimestamp
        self.fetchedAt = fetchedAt
    }
}

extension DeviceListRow {
    /// `0 5:3`: devices with their key index behind a colon.
    var text: String {
        devices.map { device in device.keyIndex.map { "\(device.id):\($0)" } ?? "\(device.id)" }.joined(separator: " ")
    }

    init(_ row: Row) throws(StoreError) {
        devices = []
        for part in try row.text("devices").split(separator: " ") {
            let numbers = part.split(separator: ":", omittingEmptySubsequences: false)
            guard let first = numbers.first, let id = UInt16(first), numbers.count <= 2 else { throw .malformed("devices") }
            let keyIndex = numbers.count == 2 ? UInt32(numbers[1]) : nil
            guard numbers.count == 1 || keyIndex != nil else { throw .malformed("devices") }
            devices.append(Device(id: id, keyIndex: keyIndex))
        }
        rawID = try row.optionalInteger("raw_id").flatMap(UInt32.init(exactly:))
        keyIndexTimestamp = try row.optionalInteger("key_index_at")
        fetchedAt = try row.moment("fetched_at")
    }
}
