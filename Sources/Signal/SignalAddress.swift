/// One device of one user, as the Signal layer names it: `491700.0`, `1234_1.3`.
package struct SignalAddress: Hashable, Sendable, CustomStringConvertible {
    /// The user: a phone number, or `user_1` for a LID, `_128` and `_129` for hosted ones.
    package let name: String
    /// 0 for the phone, companions from 1.
    package let deviceID: UInt32

    /// An address from its parts.
    package init(name: String, deviceID: UInt32) {
        self.name = name
        self.deviceID = deviceID
    }

    /// `name.device`
    package var description: String { "\(name).\(deviceID)" }
}
