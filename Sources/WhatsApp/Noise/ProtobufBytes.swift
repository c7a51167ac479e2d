import SwiftProtobuf

/// Bytes fields of generated messages are of a Foundation type that this module does not import; these two go through the protocol.
extension SwiftProtobufContiguousBytes {
    init(wire bytes: [UInt8]) { self.init(bytes) }

    var array: [UInt8] { withUnsafeBytes { Array($0) } }
}
