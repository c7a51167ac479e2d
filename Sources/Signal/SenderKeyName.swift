/// Whose sender key for which group.
package struct SenderKeyName: Hashable, Sendable, CustomStringConvertible {
    /// The group's JID as text (also a broadcast list's, or `status@broadcast`).
    package let group: String
    /// The sending device, under its LID where one is known.
    package let sender: SignalAddress

    /// A name from its parts.
    package init(group: String, sender: SignalAddress) {
        self.group = group
        self.sender = sender
    }

    /// `group::name.device`
    package var description: String { "\(group)::\(sender)" }
}
