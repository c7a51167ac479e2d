import CryptoPrimitives
import FoundationEssentials
import Model
import Signal
import SwiftProtobuf
import WAProto
import WhatsApp

/// What a phone tells a device that it has just paired: the key of its app state, and its chats.
/// Source: protocol notes on pairing, section 5, and on state, section 1.
extension World {
    mutating func greet(_ device: UInt16, _ number: String) {
        guard var phone = self[number] else { return }
        let address = DeviceAddress(number: number, device: device)
        let jid = service.lidJID(address)
        do throws(Refusal) {
            if !phone.hasSession(with: jid) {
                guard let bundle = service.takeBundle(of: address) else { return }
                try phone.startSession(with: jid, bundle, using: &service.rng)
            }
            let share = phone.appStateKeyShare(now: service.now, using: &service.rng)
            let notices = try past(of: number).map { (part) throws(Refusal) in try historyNotice(part) }
            for message in [share] + notices {
                let id = StanzaID.phoneMessage(using: &service.rng)
                let stanza = try phone.composePeer(message, id: id, to: jid, using: &service.rng)
                self[number] = phone
                _ = try service.relay(try OutgoingMessage(stanza), from: phone.address)
            }
        } catch {
            service.note(error, number)
        }
    }
}

extension World {
    /// The parts of a phone's history, as they are handed to a device that is linked now.
    func past(of number: String) -> [WAHistorySync] {
        guard let phone = phones[number] else { return [] }
        let people = Set(phone.messages.map(\.chat)).sorted().compactMap { service.accounts[$0] }
        var parts = phone.history(of: people) + (phone.inventedPast?.parts(ownNumber: number, now: service.now.seconds) ?? [])
        for index in parts.indices { parts[index].chunkOrder = UInt32(clamping: index) }
        return parts
    }
}

extension Phone {
    mutating func appStateKeyShare(now: Timestamp, using rng: inout some RandomNumberGenerator) -> WAMessage {
        var known = settings ?? PhoneSettings()
        if known.keys.isEmpty { known.addKey(using: &rng) }
        settings = known
        let keys = known.keys.sorted { $0.key < $1.key }.map { epoch, data in
            WAAppStateSyncKey.with {
                $0.keyID.keyID = Data(PhoneSettings.id(epoch))
                $0.keyData.keyData = Data(data)
                $0.keyData.fingerprint.rawID = rawID
                $0.keyData.fingerprint.currentIndex = 0
                $0.keyData.fingerprint.deviceIndexes = [0]
                $0.keyData.timestamp = now.milliseconds
            }
        }
        var message = WAMessage()
        message.protocolMessage.type = .appStateSyncKeyShare
        message.protocolMessage.appStateSyncKeyShare.keys = keys
        return message
    }
}
