package import Signal

/// One `<enc>` of a message.
package struct EncryptedPart: Sendable {
    /// nil for kinds that this client cannot read, such as those of bots.
    package let type: CiphertextType?
    /// 2 is what phones send, and what is meant where none is named; others are skipped.
    package let version: UInt64
    package let bytes: [UInt8]
    /// How often the sender has sent this message again for us.
    package let retryCount: UInt64
    /// Nothing to show when it cannot be read: a reaction, an edit, a vote.
    package let hidesFailure: Bool

    /// Enough to tell "too often"; the service's number is not to be reckoned with.
    private static let maximumCount: UInt64 = 1_000

    init?(_ node: Node) {
        guard let bytes = node.bytes else { return nil }
        self.bytes = bytes
        type = node.string("type").flatMap(CiphertextType.init(rawValue:))
        version = node.uint("v") ?? 2
        retryCount = min(node.uint("count") ?? 0, Self.maximumCount)
        hidesFailure = node.string("decrypt-fail") == "hide"
    }
}
