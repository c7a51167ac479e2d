package import Model

/// One thing that the phone's history tells.
package enum HistoryItem: Equatable, Sendable {
    /// Two addresses of one person.
    package struct Pair: Equatable, Sendable {
        package let number: JID
        package let lid: JID
    }

    /// A token that a person has given to the account, and when the account gave them one; Unix seconds.
    package struct Token: Equatable, Sendable {
        package let bytes: [UInt8]
        package let seconds: Int64
        package let givenAt: Int64?
    }

    case message(HistoryMessage)
    /// A chat; comes behind its messages. `other` is the person's other address.
    case chat(JID, other: JID?, name: String?, token: Token?)
    /// The name that a person has chosen.
    case pushName(JID, String)
    /// Somebody in the address book.
    case contact(JID, other: JID?, name: String)
    case pair(Pair)
    case tokenSalt([UInt8])
}
