/// What a phone keeps of chats beside its screen.
struct PhoneMemory: Codable, Sendable {
    /// Secrets of messages, by id.
    var secrets: [String: [UInt8]] = [:]
    /// Seconds after which messages disappear, by chat.
    var expirations: [String: UInt32] = [:]
    /// Who was seen typing, oldest first.
    var typing: [PhoneTyping] = []
    /// What others wrote, as it was decrypted, oldest first; a linked device that could not read it may ask.
    var copies: [PhoneCopy]?
}

/// A message of somebody else as this phone has it.
struct PhoneCopy: Codable, Sendable, Equatable {
    var id: String
    /// Number or group.
    var chat: String
    /// Number.
    var from: String
    /// Unix seconds.
    var time: Int64
    /// The serialised message.
    var message: [UInt8]
}

/// Somebody types, or has stopped.
struct PhoneTyping: Codable, Sendable, Equatable {
    /// Number or group.
    var chat: String
    /// Number.
    var from: String
    /// `composing`, `recording` or `paused`.
    var state: String
    var time: String
}

extension Phone {
    private static let typingLimit = 200
    private static let copyLimit = 200

    var copies: [PhoneCopy] { memory?.copies ?? [] }

    func secret(of id: String) -> [UInt8]? { memory?.secrets[id] }

    func expiration(of chat: String) -> UInt32 { memory?.expirations[chat] ?? 0 }

    mutating func keep(_ copy: PhoneCopy) {
        remember { $0.copies = Array((($0.copies ?? []) + [copy]).suffix(Self.copyLimit)) }
    }

    mutating func keep(secret: [UInt8], of id: String) {
        remember {
            if $0.secrets.count >= PhoneMessages.limit { $0.secrets = [:] }
            $0.secrets[id] = secret
        }
    }

    mutating func keep(expiration seconds: UInt32, of chat: String) {
        remember { $0.expirations[chat] = seconds }
    }

    mutating func note(_ typing: PhoneTyping) {
        remember { $0.typing = Array(($0.typing + [typing]).suffix(Self.typingLimit)) }
    }

    private mutating func remember(_ change: (inout PhoneMemory) -> Void) {
        var changed = memory.take() ?? PhoneMemory()
        change(&changed)
        memory = changed
    }
}
