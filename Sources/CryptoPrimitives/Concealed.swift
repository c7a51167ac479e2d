/// A value that holds key material and so prints as its size only, in logs, interpolations, dumps and test failures.
package protocol Concealed: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// How many bytes of key material the value holds; this much is said about it.
    var concealedByteCount: Int { get }
}

extension Concealed {
    /// `<32 bytes>`
    package var description: String { "<\(concealedByteCount) bytes>" }
    /// The same as `description`.
    package var debugDescription: String { description }
    /// No children, so that `dump` and reflection find nothing.
    package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
