/// One of the five parts in which the devices of an account share their settings, in the order in which they are fetched.
///
/// Source: protocol notes on state, section 2.
package enum AppStateCollection: String, CaseIterable, Sendable {
    /// The own name, language, security.
    case criticalBlock = "critical_block"
    /// The address book.
    case criticalUnblockLow = "critical_unblock_low"
    /// Muted and starred chats, deletions, the salt of tokens.
    case regularHigh = "regular_high"
    /// Pinned, archived and read chats.
    case regularLow = "regular_low"
    /// Labels, calls, numbers that belong to LIDs.
    case regular
}
