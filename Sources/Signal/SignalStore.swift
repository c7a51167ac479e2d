/// Where the Signal layer keeps its state. Every call belongs to one open transaction of the caller: it commits after a
/// step succeeded, and before ciphertext leaves or an acknowledgement is sent.
package protocol SignalStore {
    /// The key pair that stands for this device.
    var localIdentity: KeyPair { get throws }
    /// The number that this device was registered with.
    var localRegistrationID: UInt32 { get throws }
    /// The sessions with an address; nil where there are none, or where what is stored cannot be read.
    func sessionRecord(for address: SignalAddress) throws -> SessionRecord?
    /// Stores the sessions with an address, in place of what stood there.
    mutating func saveSessionRecord(_ record: SessionRecord, for address: SignalAddress) throws
    /// The identity last seen for an address.
    func identity(for address: SignalAddress) throws -> PublicKey?
    /// Stores the identity of an address, in place of what stood there.
    mutating func saveIdentity(_ key: PublicKey, for address: SignalAddress) throws
    /// One of our one-time pre-keys; nil where there is none (any more) with this id.
    func preKey(id: UInt32) throws -> PreKey?
    /// Deletes a one-time pre-key that a session has used up.
    mutating func removePreKey(id: UInt32) throws
    /// One of our signed pre-keys, the old ones included.
    func signedPreKey(id: UInt32) throws -> SignedPreKey?
}
