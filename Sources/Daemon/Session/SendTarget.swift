import Model

/// Where a message to a person goes.
struct SendTarget: Sendable {
    /// Bare; the LID where it is known.
    let address: JID
    /// The phone number of a LID, bare.
    let phoneNumber: JID?
}
