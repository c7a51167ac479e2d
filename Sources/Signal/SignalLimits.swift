/// Limits of the Signal layer, as WhatsApp's own clients keep them.
package enum SignalLimits {
    /// Steps by which a message may be ahead of its chain, pairwise and in groups. It bounds the hashing that one forged
    /// counter can cause. Source: WhatsApp Web; 2,000 in oxidezap/whatsapp-rust `consts.rs`.
    package static let forwardJump: UInt32 = 2_000
    /// Keys of skipped messages kept in one receiving chain or sender key; the oldest go first. Source: libsignal.
    package static let skippedKeys = 2_000
    /// Receiving chains kept in one session; the oldest goes first. Source: libsignal.
    package static let receivingChains = 5
    /// Replaced sessions kept for one address; the oldest goes first. Source: libsignal.
    package static let archivedSessions = 40
    /// Sender keys kept for one group and sender; the oldest goes first. Source: libsignal.
    package static let senderKeyStates = 5
    /// Bytes of the authentication code at the end of a message.
    package static let macLength = 8
    /// The most bytes of padding. Source: WhatsApp Web.
    package static let padding = 16
    /// Ids of pre-keys go from 1 to this, then start again: they travel in 3 bytes.
    package static let preKeyID: UInt32 = 0xFF_FFFF
}
