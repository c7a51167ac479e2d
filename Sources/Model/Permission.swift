/// What a key may do; the words of `wa_api_keys.permissions`.
package enum Permission: String, Sendable, CaseIterable {
    case sessionRead = "session:read"
    case sessionManage = "session:manage"
    case messagesRead = "messages:read"
    case messagesSend = "messages:send"
    case contactsRead = "contacts:read"
    case contactsManage = "contacts:manage"
    case webhooksManage = "webhooks:manage"
    /// What no single permission gives: keys and sessions themselves.
    case everything = "*"
}

/// The permissions of one key, read from text that an owner typed: words separated by commas or blanks, `*` for all.
package struct PermissionSet: Sendable {
    private let granted: [Permission]

    /// Unknown words grant nothing: a typing error must not open anything.
    package init(parsing text: String) {
        let words = OwnerList.words(text)
        granted = words.contains("*") ? Permission.allCases : words.compactMap { Permission(rawValue: $0) ?? Permission(rawValue: $0.lowercased()) }
    }

    /// Whether the word is one that grants something.
    package static func knows(_ word: String) -> Bool { Permission(rawValue: word) != nil }

    package func contains(_ permission: Permission) -> Bool { granted.contains(permission) }
}
