import FoundationEssentials
import Model
import SwiftProtobuf
import WAProto
import WhatsApp

/// What linked devices ask their phone for. Source: protocol notes on messages, section 10.
extension World {
    mutating func peerMessage(_ message: WAMessage, id: String, from device: JID, _ number: String) {
        do throws(Refusal) {
            switch message.protocolMessage.type {
            case .appStateSyncKeyRequest: try giveKeys(to: device, number)
            case .peerDataOperationRequestMessage:
                try answer(message.protocolMessage.peerDataOperationRequestMessage, id: id, to: device, number)
            default: return
            }
        } catch {
            service.note(error, number)
        }
    }

    private mutating func answer(
        _ request: WAPeerDataOperationRequestMessage, id: String, to device: JID, _ number: String
    ) throws(Refusal) {
        guard request.hasPeerDataOperationRequestType else { throw .unreadable("\(id): a request without its type") }
        var response = WAPeerDataOperationRequestResponseMessage()
        response.peerDataOperationRequestType = request.peerDataOperationRequestType
        response.stanzaID = id
        var parts: [WAMessage] = []
        switch request.peerDataOperationRequestType {
        case .placeholderMessageResend:
            guard !request.placeholderMessageResendRequest.isEmpty else { throw .unreadable("\(id): asks for no message") }
            for wish in request.placeholderMessageResendRequest {
                response.peerDataOperationResult.append(try copy(of: wish.messageKey, number))
            }
        case .historySyncChunkRetry:
            let (result, part) = try historyAgain(request.historySyncChunkRetryRequest, id: id, number)
            response.peerDataOperationResult = [result]
            parts = part.map { [$0] } ?? []
        default: throw .unreadable("\(id): a request of type \(request.peerDataOperationRequestType.rawValue), which this phone does not know")
        }
        var message = WAMessage()
        message.protocolMessage.type = .peerDataOperationRequestResponseMessage
        message.protocolMessage.peerDataOperationRequestResponseMessage = response
        for message in [message] + parts { try tell(message, to: device, from: number) }
    }

    /// Nothing in it where the phone does not have the message.
    private mutating func copy(
        of key: WAMessageKey, _ number: String
    ) throws(Refusal) -> WAPeerDataOperationRequestResponseMessage.PeerDataOperationResult {
        guard !key.id.isEmpty, let chat = JID(parsing: key.remoteJid), chat.device == 0 else {
            throw .unreadable("asks for a message without naming it and its chat")
        }
        guard !key.fromMe else { throw .unreadable("asks the phone for what the account itself wrote") }
        guard chat.isGroup == !key.participant.isEmpty else { throw .unreadable("\(key.id): a participant belongs to what was written in a group, and only there") }
        let name = chat.isGroup ? chat.description : service.account(of: chat)?.number
        let author = JID(parsing: key.participant).map { service.account(of: $0)?.number }
        guard let found = phones[number]?.copies.last(where: { $0.id == key.id && $0.chat == name && (author == nil || $0.from == author) }) else {
            service.note(.phone, number, "does not have \(key.id)")
            return .init()
        }
        var info = WAWebMessageInfo()
        info.key = key
        info.messageTimestamp = UInt64(clamping: found.time)
        info.pushName = service.accounts[found.from]?.name ?? ""
        if chat.isGroup { info.participant = key.participant }
        guard let message = try? WAMessage(serializedBytes: found.message) else { throw .unreadable("\(key.id) can not be read any more") }
        info.message = message
        guard let bytes: [UInt8] = try? info.serializedBytes() else { throw .unreadable("\(key.id) can not be written") }
        service.note(.phone, number, "hands out its copy of \(key.id)")
        return .with { $0.placeholderMessageResendResponse.webMessageInfoBytes = Data(bytes) }
    }

    /// A part of the history once more, in a new file.
    private mutating func historyAgain(
        _ wish: WAPeerDataOperationRequestMessage.HistorySyncChunkRetryRequest, id: String, _ number: String
    ) throws(Refusal) -> (WAPeerDataOperationRequestResponseMessage.PeerDataOperationResult, WAMessage?) {
        guard wish.hasSyncType, wish.hasChunkOrder, !wish.chunkNotificationID.isEmpty else {
            throw .unreadable("\(id): asks for a part of the history without naming it")
        }
        let part = past(of: number).first { $0.syncType == wish.syncType && $0.chunkOrder == wish.chunkOrder }
        var notice = try part.map { (part) throws(Refusal) in try historyNotice(part) }
        notice?.protocolMessage.historySyncNotification.originalMessageID = wish.chunkNotificationID
        service.note(.phone, number, notice == nil ? "does not have that part of the history" : "hands over a part of the history again")
        var result = WAPeerDataOperationRequestResponseMessage.PeerDataOperationResult()
        result.historySyncChunkRetryResponse.syncType = wish.syncType
        result.historySyncChunkRetryResponse.chunkOrder = wish.chunkOrder
        result.historySyncChunkRetryResponse.requestID = id
        result.historySyncChunkRetryResponse.canRecover = notice != nil
        return (result, notice)
    }

    /// A message from the phone to one of its linked devices, for no person's eyes.
    mutating func tell(_ message: WAMessage, to device: JID, from number: String) throws(Refusal) {
        guard var phone = phones[number] else { return }
        let stanza = try phone.composePeer(message, id: StanzaID.phoneMessage(using: &service.rng), to: device, using: &service.rng)
        phones[number] = phone
        _ = try service.relay(try OutgoingMessage(stanza), from: phone.address)
    }
}

extension Phone {
    mutating func keep(_ message: WAMessage, of shown: PhoneMessage, at now: Timestamp) {
        guard let bytes: [UInt8] = try? message.serializedBytes() else { return }
        keep(PhoneCopy(id: shown.id, chat: shown.chat, from: shown.from, time: now.seconds, message: bytes))
    }
}
