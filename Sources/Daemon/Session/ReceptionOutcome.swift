import Signal
import WhatsApp

/// What a message that arrived has led to, once it is committed; decides what the service and the sender are told.
enum ReceptionOutcome: Sendable {
    /// Handled, now or before: the sender gets a receipt. With a part of the phone's history the phone gets another one.
    case accepted(historySync: Bool)
    /// Nothing that a receipt would be for.
    case acknowledged
    /// Could not be decrypted: the sender is asked again, with our keys from the second time on.
    case unreadable(RetryReceipt.Reason, count: Int, keys: RetryReceipt.Keys?)
    /// Will never be readable.
    case refused(Acknowledgement.Refusal)
}
