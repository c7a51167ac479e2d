package import Model
package import Signal

extension SignalAddress {
    /// The name under which sessions with a device are kept: the user, with a suffix for the space that the user lives in.
    ///
    /// A device must have one address only: where a LID is known it is the LID's, never the phone number's.
    /// Source: protocol notes on the Signal layer, section 6.
    package init(_ jid: JID) {
        let suffix =
            switch jid.server {
            case .lid: "_1"
            case .hosted: "_128"
            case .hostedLID: "_129"
            default: ""
            }
        self.init(name: jid.user + suffix, deviceID: UInt32(jid.device))
    }
}
