package import Model
import SwiftProtobuf
import WAProto

/// What this device asks the own phone for, in a message to it. Source: protocol notes on messages, section 10, and on state, section 3.
package enum PhoneRequest: Equatable, Sendable {
    /// Its copy of a message that could not be read here.
    case message(id: String, chat: JID, participant: JID?)
    /// A part of the history whose file is gone from the media hosts.
    case historyPart(HistoryNotice.Part, noticeID: String)

    /// The message, to be padded and encrypted for the phone.
    package var plaintext: [UInt8] {
        get throws(StanzaError) {
            var message = WAMessage()
            message.protocolMessage.type = .peerDataOperationRequestMessage
            message.protocolMessage.peerDataOperationRequestMessage = request
            guard let bytes: [UInt8] = try? message.serializedBytes() else { throw .unencodable }
            return bytes
        }
    }

    private var request: WAPeerDataOperationRequestMessage {
        var request = WAPeerDataOperationRequestMessage()
        switch self {
        case .message(let id, let chat, let participant):
            request.peerDataOperationRequestType = .placeholderMessageResend
            var key = WAMessageKey()
            key.remoteJid = chat.description
            key.fromMe = false
            key.id = id
            if let participant { key.participant = participant.description }
            request.placeholderMessageResendRequest = [.with { $0.messageKey = key }]
        case .historyPart(let part, let noticeID):
            request.peerDataOperationRequestType = .historySyncChunkRetry
            request.historySyncChunkRetryRequest.syncType = WAHistorySyncType(rawValue: part.kind) ?? .recent
            request.historySyncChunkRetryRequest.chunkOrder = part.order
            request.historySyncChunkRetryRequest.chunkNotificationID = noticeID
            request.historySyncChunkRetryRequest.regenerateChunk = true
        }
        return request
    }
}
