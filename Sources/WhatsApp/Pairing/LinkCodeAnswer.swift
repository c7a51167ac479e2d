package import Signal

/// The phone's half of linking by a code, as the service hands it on (`<notification type="link_code_companion_reg">`).
package struct LinkCodeAnswer: Equatable, Sendable {
    /// Must be the reference that the service gave us.
    package let reference: [UInt8]
    /// The phone's ephemeral key, encrypted under the code; 80 bytes.
    package let wrappedEphemeral: [UInt8]
    /// The account's identity.
    package let identity: PublicKey

    /// nil where something is missing or has a wrong length.
    package init?(_ notification: Node) {
        guard let content = notification.child("link_code_companion_reg"),
            let reference = content.child("link_code_pairing_ref")?.bytes,
            let wrapped = content.child("link_code_pairing_wrapped_primary_ephemeral_pub")?.bytes, wrapped.count == LinkCode.wrappedLength,
            let identity = content.child("primary_identity_pub")?.bytes.flatMap(PublicKey.init(raw:))
        else { return nil }
        self.reference = reference
        wrappedEphemeral = wrapped
        self.identity = identity
    }
}
