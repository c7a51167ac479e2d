package import WAProto

/// One change of a setting, decrypted and verified.
package struct AppStateMutation: Sendable {
    package enum Operation: Sendable {
        case set, remove

        /// Stands in front of what the value's MAC covers.
        var macByte: UInt8 { self == .set ? 1 : 2 }
    }

    package let operation: Operation
    /// What is set: the action's name and its parts. Empty where it is no list of texts.
    package let index: [String]
    package let value: WASyncActionValue
    package let version: Int32

    package init(_ operation: Operation, index: [String], value: WASyncActionValue, version: Int32) {
        self.operation = operation
        self.index = index
        self.value = value
        self.version = version
    }
}
