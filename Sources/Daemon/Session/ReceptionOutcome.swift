import Signal
import WhatsApp

/// What a message that arrived has led to, once it is committed; decides what the service and the sender are told.
enum ReceptionOutcome: Sendable {
    /// Handled, now or before: the sender gets a receipt.
    case accepted(PeerNews)
    /// Nothing that a receipt would be for.
    case acknowledged
    /// Could not be decrypted: the sender is asked again, with our keys from the second time on.
    case unreadable(RetryReceipt.Reason, count: Int, keys: RetryReceipt.Keys?)
    /// Will never be readable.
    case refused(Acknowledgement.Refusal)
}

/// What the own phone's orders have brought, to be worked on beside the messages.
struct PeerNews: Sendable {
    /// Parts of the history, or pairs of names.
    var hasHistory = false
    /// Keys of the shared settings.
    var hasKeys = false
}
