/// Where sender keys are kept; like `SignalStore`, every call belongs to one open transaction of the caller.
package protocol SenderKeyStore {
    /// The sender keys of one sender in one group; nil where there are none, or where what is stored cannot be read.
    func senderKeyRecord(for name: SenderKeyName) throws -> SenderKeyRecord?
    /// Stores the sender keys, in place of what stood there.
    mutating func saveSenderKeyRecord(_ record: SenderKeyRecord, for name: SenderKeyName) throws
}
