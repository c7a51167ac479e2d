import Model

/// The service offers references for QR codes, to be shown one after the other.
///
/// Answer with ``ServerQuery/result(for:_:)`` at once. When the references have run out the service closes the connection.
package struct PairDevice: Equatable, Sendable {
    package let references: [String]

    package init(_ node: Node) throws(StanzaError) {
        guard let request = node.child("pair-device") else { throw .missing("pair-device") }
        references = request.children("ref").compactMap(\.text).filter { !$0.isEmpty }
        guard !references.isEmpty else { throw .missing("ref") }
    }

    /// How long a reference is good, in milliseconds: the first one longer, for people to find their phone.
    package static func lifetime(ofReference index: Int) -> Int64 { index == 0 ? 60_000 : 20_000 }
}
