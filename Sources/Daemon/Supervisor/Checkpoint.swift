/// A step of sending, receiving or linking between two effects that no transaction holds together: a process may be killed at each of them, and nothing
/// is lost or doubled. The tests prove it by killing it there; nothing else happens at a checkpoint.
package enum Checkpoint: String, Sendable, CaseIterable {
    // Sending.
    /// Due rows were seen, none is taken yet.
    case claiming
    /// The rows are taken, nothing is encrypted.
    case claimed
    /// Inside the transaction that steps the ratchets, before its commit.
    case encrypting
    /// Ratchets and stanza are committed, nothing has left.
    case encrypted
    /// The stanza was handed to the writer.
    case messageQueued = "message-queued"
    /// The service's ack has come, nothing is stored.
    case ackArrived = "ack-arrived"
    /// Inside the ack's transaction, before its commit.
    case storingAck = "storing-ack"
    /// The row is `sent`, nobody was told.
    case ackStored = "ack-stored"

    // Receiving.
    case messageArrived = "message-arrived"
    /// Inside the transaction of ratchet, row and webhooks, before its commit.
    case storingMessage = "storing-message"
    /// Committed; the service does not know yet.
    case messageStored = "message-stored"
    /// The own phone was asked for a message that could not be read.
    case phoneAsked = "phone-asked"
    /// The receipt was handed to the writer.
    case receiptQueued = "receipt-queued"
    /// A receipt for a message of ours has come, nothing is stored.
    case statusArrived = "status-arrived"
    /// Its status is committed; the service does not know yet.
    case statusStored = "status-stored"

    /// A part of the phone's history is stored; neither its row nor the phone says so.
    case historyStored = "history-stored"
    // Files.
    /// A received file is here and checked, under a name that nobody knows.
    case mediaDownloaded = "media-downloaded"
    /// It is in its place; the row does not say so yet.
    case mediaPlaced = "media-placed"
    case mediaReady = "media-ready"
    /// The row says that the phone was asked; nothing has left.
    case mediaAsked = "media-asked"
    /// A file to be sent is here.
    case mediaFetched = "media-fetched"
    /// Its keys and hashes are committed; nothing is uploaded.
    case mediaPrepared = "media-prepared"
    /// The hosts have it; the row does not say so yet.
    case mediaUploaded = "media-uploaded"
    /// The row says so; nothing is encrypted.
    case mediaStored = "media-stored"

    // Keys and linking.
    /// The generation is counted on in the database, not yet in the run directory.
    case generationCounted = "generation-counted"
    /// One-time keys are stored, not yet offered.
    case preKeysMade = "pre-keys-made"
    /// The service has taken them; they are not marked.
    case preKeysTaken = "pre-keys-taken"
    /// Another signed pre-key is stored, not yet offered.
    case signedPreKeyMade = "signed-pre-key-made"
    /// The service has taken it; it is not yet in use.
    case signedPreKeyTaken = "signed-pre-key-taken"
    /// The phone has scanned, nothing is stored.
    case pairingArrived = "pairing-arrived"
    /// Inside the transaction that stores the link.
    case storingPairing = "storing-pairing"
    /// The link is stored; the service has no answer.
    case pairingStored = "pairing-stored"
    /// The answer was handed to the writer.
    case pairingQueued = "pairing-queued"

    // Webhooks.
    /// The receiver has answered; the row does not say so yet.
    case webhookPosted = "webhook-posted"
}
