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
            let people = Set(phone.messages.map(\.chat)).sorted().compactMap { service.accounts[$0] }
            let share = phone.appStateKeyShare(now: service.now, using: &service.rng)
            for message in try [share] + phone.history(of: people) {
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

extension Phone {
    /// Device 0, epoch 1: the first key of an account.
    private static let keyID: [UInt8] = [0, 0, 0, 0, 0, 1]

    mutating func appStateKeyShare(now: Timestamp, using rng: inout some RandomNumberGenerator) -> WAMessage {
        let keyData = appStateKey ?? Random.bytes(32, using: &rng)
        appStateKey = keyData
        var key = WAAppStateSyncKey()
        key.keyID.keyID = Data(Self.keyID)
        key.keyData.keyData = Data(keyData)
        key.keyData.fingerprint.rawID = rawID
        key.keyData.fingerprint.currentIndex = 0
        key.keyData.fingerprint.deviceIndexes = [0]
        key.keyData.timestamp = now.milliseconds
        var message = WAMessage()
        message.protocolMessage.type = .appStateSyncKeyShare
        message.protocolMessage.appStateSyncKeyShare.keys = [key]
        return message
    }
}
