import CryptoPrimitives

/// The caller's own name for a request (`Idempotency-Key`): the same name with the same content is done once.
package struct IdempotencyKey: Sendable, Hashable {
    package let text: String

    /// nil unless there are 1 to ``Limits/idempotencyKeyBytes`` printable ASCII characters; blanks around them do not count.
    package init?(_ header: String) {
        let trimmed = header.utf8.drop { $0 == 0x20 || $0 == 0x09 }
        let end = trimmed.lastIndex { $0 != 0x20 && $0 != 0x09 }
        guard let end, case let key = trimmed[...end], key.count <= Limits.idempotencyKeyBytes,
            key.allSatisfy({ $0 >= 0x20 && $0 < 0x7F })
        else { return nil }
        self.text = String(decoding: key, as: UTF8.self)
    }

    /// 64 hex digits that two requests share when they ask for the same: kind, recipient and fields, whatever their spelling in the body.
    /// - Parameters:
    ///   - sendAt: of a scheduled message; at another time it is another message.
    ///   - fileDigest: of the file that came with the request, whose name is chance.
    package static func digest(of message: OutgoingMessage, sendAt: Timestamp? = nil, fileDigest: String? = nil) -> String {
        let payload = fileDigest.map { message.payload(naming: $0) } ?? message.payload
        let content = [.string(message.kind.rawValue), .string(message.recipient.description), payload]
            + (sendAt.map { [JSONValue.string($0.iso8601)] } ?? [])
        return Hex.encode(SHA256.hash(CanonicalJSON.bytes(.array(content))))
    }
}
