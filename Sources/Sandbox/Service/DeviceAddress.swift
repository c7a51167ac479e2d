import Model

/// One device of an account of this service: 0 is the phone, linked devices count from 1.
struct DeviceAddress: Hashable, Sendable, CustomStringConvertible {
    /// The account's phone number in digits.
    var number: String
    var device: UInt16

    static func phone(_ number: String) -> DeviceAddress { DeviceAddress(number: number, device: 0) }

    var isPhone: Bool { device == 0 }
    /// The form in the journal and the control interface: `96890000001:2`, or the number alone for the phone.
    var description: String { isPhone ? number : "\(number):\(device)" }
}

/// Numbers the connections of one run of the service.
struct ConnectionID: Hashable, Sendable, CustomStringConvertible {
    var value: Int
    var description: String { "connection \(value)" }
}
