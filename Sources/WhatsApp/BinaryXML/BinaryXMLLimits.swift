/// Bounds of what is read from the service, far above anything it sends: our own numbers, against hostile or broken peers.
enum BinaryXMLLimits {
    /// Levels of nodes; real stanzas have up to 8.
    static let depth = 48
    /// Nodes of one stanza. The largest answers list every participant of every group of an account.
    static let nodes = 500_000
    /// Attributes of one node; real ones have up to about 25.
    static let attributes = 128
    /// Bytes of a stanza after inflating; as much as an uncompressed frame can hold.
    static let inflated = 1 << 24
    /// Entries of a list, from the 16 bits of its count.
    static let listEntries = 0xFFFF
}
