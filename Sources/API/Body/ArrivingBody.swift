/// A body that is read while it is worked on: it may hold a file, which memory should not.
package protocol ArrivingBody: AnyObject {
    /// Announced by the client; nil = until it ends.
    var length: Int? { get }

    /// All of it, as of any other request; to be asked for before any piece.
    func whole() -> Request.Body

    /// What comes next, after as much waiting as a file is worth.
    func next() -> BodyPiece
}

package enum BodyPiece {
    /// Some, at most 64 KiB.
    case bytes(ArraySlice<UInt8>)
    case ended
    /// The connection ended or stalled before the announced length was there.
    case incomplete
    /// It comes slowly, and every slot to wait in is taken.
    case notWaitedFor
}
