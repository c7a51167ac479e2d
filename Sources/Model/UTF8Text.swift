extension String {
    /// Text from bytes that are UTF-8 throughout; nil for others. Several times as quick as `String(validating:as:)`, which asks the runtime for its
    /// generic types at each call.
    package init?(checkedUTF8 bytes: Span<UInt8>) {
        guard let text = try? UTF8Span(validating: bytes) else { return nil }
        self.init(copying: text)
    }
}
