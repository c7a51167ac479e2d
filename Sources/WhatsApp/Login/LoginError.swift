/// Why a login payload can not be made.
package enum LoginError: Error, Equatable, Sendable {
    /// The user part of the own address is not the digits of a phone number; a LID does not log in.
    case noPhoneNumber
    /// A message that is always valid did not serialize: a fault in the program.
    case unserializable
}
