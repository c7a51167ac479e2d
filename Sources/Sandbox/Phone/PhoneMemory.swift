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
    var secrets: [String: [UInt8]] {
        get { memory?.secrets ?? [:] }
        set { memory = changed { $0.secrets = newValue } }
    }

    var expirations: [String: UInt32] {
        get { memory?.expirations ?? [:] }
        set { memory = changed { $0.expirations = newValue } }
    }

    private static let typingLimit = 200
    private static let copyLimit = 200

    var copies: [PhoneCopy] { memory?.copies ?? [] }

    mutating func keep(_ copy: PhoneCopy) {
        memory = changed { $0.copies = Array((($0.copies ?? []) + [copy]).suffix(Self.copyLimit)) }
    }

    mutating func note(_ typing: PhoneTyping) {
        memory = changed { $0.typing = Array(($0.typing + [typing]).suffix(Self.typingLimit)) }
    }

    private func changed(_ change: (inout PhoneMemory) -> Void) -> PhoneMemory {
        var memory = memory ?? PhoneMemory()
        change(&memory)
        return memory
    }
}
