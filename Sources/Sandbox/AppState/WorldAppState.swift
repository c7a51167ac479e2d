import CryptoPrimitives
import FoundationEssentials
import Model
import SwiftProtobuf
import WAProto
import WhatsApp

/// What people do on their phones that the linked devices share.
extension World {
    /// Saves somebody in the address book, renames them there, or takes them out.
    mutating func saveContact(_ other: String, name: String?, by number: String, now: Timestamp) throws(ControlError) {
        service.now = now
        _ = try online(number)
        guard let jid = JID(parsing: "\(other)@\(JID.Server.phoneNumber.rawValue)") else { throw .badRequest("contact is no number") }
        let value = WASyncActionValue.with { value in
            value.timestamp = now.milliseconds
            value.contactAction.fullName = name ?? ""
            value.contactAction.saveOnPrimaryAddressbook = true
            if let account = service.accounts[other] { value.contactAction.lidJid = account.lidJID.description }
        }
        let change = AppStateMutation(name == nil ? .remove : .set, index: ["contact", jid.description], value: value, version: 2)
        try write([change], .criticalUnblockLow, number)
    }

    /// The owner takes another name.
    mutating func rename(_ number: String, to name: String, now: Timestamp) throws(ControlError) {
        service.now = now
        _ = try online(number)
        guard !name.isEmpty else { throw .badRequest("the name is empty") }
        self[number]?.name = name
        service.accounts[number]?.name = name
        let value = WASyncActionValue.with {
            $0.timestamp = now.milliseconds
            $0.pushNameSetting.name = name
        }
        try write([AppStateMutation(.set, index: ["setting_pushName"], value: value, version: 1)], .criticalBlock, number)
    }

    /// The phone writes with a new key from now on, which it hands out only when it is asked.
    mutating func rotateKey(of number: String, now: Timestamp) throws(ControlError) {
        service.now = now
        var phone = try existing(number)
        var settings = phone.settings ?? PhoneSettings()
        if settings.keys.isEmpty { settings.addKey(using: &service.rng) }
        settings.addKey(using: &service.rng)
        phone.settings = settings
        self[number] = phone
        service.note(.phone, number, "has a new key for its settings")
    }

    /// The account gets a salt that makes tokens for people who gave it none.
    mutating func makeTokenSalt(of number: String, now: Timestamp) throws(ControlError) {
        service.now = now
        _ = try online(number)
        let salt = Random.bytes(32, using: &service.rng)
        service.accounts[number]?.tokenSalt = salt
        let value = WASyncActionValue.with {
            $0.timestamp = now.milliseconds
            $0.nctSaltSyncAction.salt = Data(salt)
        }
        try write([AppStateMutation(.set, index: ["nct_salt_sync"], value: value, version: 1)], .regularHigh, number)
    }

    private mutating func write(_ changes: [AppStateMutation], _ name: AppStateCollection, _ number: String) throws(ControlError) {
        var settings = try existing(number).settings ?? PhoneSettings()
        do throws(Refusal) {
            try settings.read(service.collection(name, of: number).patches(after: settings.version(name)), name)
            let patch = try settings.write(changes, name, using: &service.rng)
            try service.accept(patch, to: name, from: .phone(number))
        } catch {
            service.note(error, number)
            throw .conflict(error.reason)
        }
        self[number]?.settings = settings
        settle()
    }

    /// Another device has written settings.
    mutating func settingsChanged(_ notification: Node, _ number: String) {
        guard notification.string("type") == "server_sync", var settings = phones[number]?.settings else { return }
        for name in notification.children("collection").compactMap({ $0.string("name").flatMap(AppStateCollection.init) }) {
            do throws(Refusal) {
                try settings.read(service.collection(name, of: number).patches(after: settings.version(name)), name)
            } catch {
                service.note(error, number)
            }
        }
        phones[number]?.settings = settings
    }

    /// A linked device asks for keys of the settings.
    mutating func giveKeys(to device: JID, _ number: String) throws(Refusal) {
        guard let share = phones[number]?.appStateKeyShare(now: service.now, using: &service.rng) else { return }
        try tell(share, to: device, from: number)
        service.note(.phone, number, "hands out the keys of its settings")
    }
}
