import Model

/// What others and the own phone see of this device.
package enum Presence {
    /// Nobody looks at this device: the phone goes on notifying its owner. Needs the push name, or the service ignores it.
    /// Source: protocol notes on state, section 6.
    package static func unavailable(pushName: String) -> Node {
        Node("presence", ["type": "unavailable", "name": .text(pushName)])
    }
}
