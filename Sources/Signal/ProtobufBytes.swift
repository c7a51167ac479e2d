import SwiftProtobuf

// Generated messages hold Foundation's Data, which this module does not import: bytes pass by way of the protocol that
// SwiftProtobuf has for byte containers.

extension [UInt8] {
    /// The same bytes as a message's field takes them.
    func asField<Field: SwiftProtobufContiguousBytes>() -> Field { Field(self) }
}

extension PublicKey {
    /// The key in a message's field: 33 bytes, 05 in front.
    init?(field: some SwiftProtobufContiguousBytes) { self.init(typed: [UInt8](field: field)) }
}

extension [UInt8] {
    /// The bytes of a message's field.
    init(field: some SwiftProtobufContiguousBytes) { self = field.withUnsafeBytes { [UInt8]($0) } }
}
