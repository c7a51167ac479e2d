/// Something that happened, as webhooks tell it: `{"event":…,"timestamp":…,"data":{…}}`.
///
/// The body is made once, when the event's cause is committed, and sent unchanged at every attempt.
package struct Event: Sendable, Equatable {
    package let name: EventName
    package let timestamp: Timestamp
    package let data: JSONValue
    /// What orders deliveries: the chat's internal id, or nil for events of the connection.
    package let chat: Int64?

    package init(_ name: EventName, at timestamp: Timestamp, data: JSONValue, chat: Int64? = nil) {
        self.name = name
        self.timestamp = timestamp
        self.data = data
        self.chat = chat
    }

    /// The bytes that are signed and sent, as text.
    package var body: String {
        CanonicalJSON.text(.members(["event": .string(name.rawValue), "timestamp": .string(timestamp.iso8601), "data": data]))
    }
}

extension Event {
    /// The file of a message.
    package struct File: Sendable, Equatable {
        /// A link that nobody can guess; the file is there soon.
        package let url: String
        package let mimeType: String?
        package let name: String?
        /// Bytes, as the sender says.
        package let size: Int64?

        package init(url: String, mimeType: String?, name: String?, size: Int64?) {
            self.url = url
            self.mimeType = mimeType
            self.name = name
            self.size = size
        }

        /// What is said of it beside `media_url`.
        var members: [JSONMember] {
            let words = [("mime_type", mimeType), ("file_name", name)].compactMap { key, value in value.map { JSONMember(key, .string($0)) } }
            return words + (size.map { [JSONMember("file_size", .integer($0))] } ?? [])
        }
    }
}

// The reference's events with their fields in its order; additions come behind.
extension Event {
    /// - Parameters:
    ///   - from: the chat's JID, by phone number where it is known.
    ///   - lid: the sender's LID, where WhatsApp used one.
    ///   - sentAt: when the sender's phone says it was sent.
    package static func messageReceived(
        messageID: String, from: String, fromName: String?, type: MessageType, content: String?, isGroup: Bool, sentAt: Timestamp,
        lid: String? = nil, participant: String? = nil, participantPhone: String? = nil, details: [JSONMember] = [], file: File? = nil,
        chat: Int64, at now: Timestamp
    ) -> Event {
        Event(
            .messageReceived, at: now,
            data: .members([
                "message_id": .string(messageID), "from": .string(from), "from_name": .text(fromName), "type": .string(type.rawValue),
                "content": .text(content), "media_url": .text(file?.url), "is_group": .bool(isGroup), "timestamp": .string(sentAt.iso8601),
                "lid": lid.map(JSONValue.string), "participant": participant.map(JSONValue.string),
                "participant_phone": participantPhone.map(JSONValue.string),
            ]).appending((file?.members ?? []) + details), chat: chat)
    }

    package static func messageSent(
        messageID: String, to: String, type: MessageType, content: String?, source: MessageSource, details: [JSONMember] = [],
        file: File? = nil, chat: Int64, at now: Timestamp
    ) -> Event {
        Event(
            .messageSent, at: now,
            data: .members([
                "message_id": .string(messageID), "to": .string(to), "type": .string(type.rawValue), "content": .text(content),
                "status": "sent", "source": source == .phone ? "phone" : nil, "media_url": file.map { .string($0.url) },
            ]).appending((file?.members ?? []) + details), chat: chat)
    }

    /// - Parameter error: code and words for a message that failed.
    package static func messageStatus(
        messageID: String, remoteJID: String, status: MessageStatus, error: String? = nil, chat: Int64, at now: Timestamp
    ) -> Event {
        Event(
            .messageStatus, at: now,
            data: .members([
                "message_id": .string(messageID), "remote_jid": .string(remoteJID), "status": .string(status.rawValue),
                "error": error.map(JSONValue.string),
            ]), chat: chat)
    }

    package static func connected(phoneNumber: String, name: String?, at now: Timestamp) -> Event {
        Event(
            .connectionConnected, at: now,
            data: .members(["status": "connected", "phone_number": .string(phoneNumber), "wa_name": .text(name)]))
    }

    /// - Parameters:
    ///   - reason: `logout`, `manual`, `connection_lost`, `connection_replaced`, `banned`, `client_outdated`, `bad_session` or `daemon_stopped`.
    ///   - details: the service's own words, where it said any; texts and links for an appeal come only once.
    package static func disconnected(reason: String, details: String? = nil, at now: Timestamp) -> Event {
        Event(
            .connectionDisconnected, at: now,
            data: .members(["status": "disconnected", "reason": .string(reason), "details": details.map(JSONValue.string)]))
    }

    package static func qrReady(_ qr: String, at now: Timestamp) -> Event {
        Event(.connectionQRReady, at: now, data: .members(["status": "qr_ready", "qr": .string(qr)]))
    }

    package static func callIncoming(
        from: String, callID: String, isVideo: Bool, isGroup: Bool = false, chat: Int64, at now: Timestamp
    ) -> Event {
        Event(
            .callIncoming, at: now,
            data: .members([
                "from": .string(from), "call_id": .string(callID), "is_video": .bool(isVideo), "is_group": isGroup ? true : nil,
            ]), chat: chat)
    }

    /// - Parameter reason: `api`, `setting`, or `elsewhere` for the phone and other devices.
    package static func callRejected(
        from: String, callID: String, isVideo: Bool, isGroup: Bool = false, reason: String, chat: Int64, at now: Timestamp
    ) -> Event {
        Event(
            .callRejected, at: now,
            data: .members([
                "from": .string(from), "call_id": .string(callID), "is_video": .bool(isVideo), "reason": .string(reason),
                "is_group": isGroup ? true : nil,
            ]), chat: chat)
    }
}
