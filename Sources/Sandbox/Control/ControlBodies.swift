import Model

/// The JSON objects of the control interface.
enum ControlBody {
    struct NewPhone: Codable { var number: String; var name: String? }
    struct Scan: Codable { var qr: String }
    struct LinkCode: Codable { var code: String }
    struct Read: Codable { var ids: [String]; var chat: String }
    struct Unlink: Codable { var device: UInt16 }
    struct Call: Codable { var to: String; var video: Bool?; var group: String? }
    struct HangUp: Codable { var id: String }
    struct Typing: Codable { var typing: [PhoneTyping] }
    struct Calls: Codable { var calls: [PhoneCall] }
    struct Probe: Codable { var device: String; var type: String? }
    struct Answer: Codable { var with: String? }
    struct Disconnect: Codable { var device: String; var error: String? }

    struct Device: Codable {
        var device: UInt16
        var jid: String
        var lid: String
        var platform: String
        var connected: Bool
        /// Stanzas that it has not acknowledged.
        var unanswered: Int
        /// One-time keys left for people who write to it for the first time.
        var preKeys: Int

        enum CodingKeys: String, CodingKey {
            case device, jid, lid, platform, connected, unanswered
            case preKeys = "pre_keys"
        }
    }

    struct PhoneState: Codable {
        var number: String
        var name: String
        var lid: String
        var online: Bool
        var answer: String?
        var devices: [Device]
    }

    struct Phones: Codable { var phones: [PhoneState] }
    struct Devices: Codable { var devices: [Device] }
    struct Sent: Codable { var id: String }
    struct Messages: Codable { var messages: [PhoneMessage]; var revision: Int }
    struct JournalLines: Codable { var lines: [Journal.Line] }
    struct Done: Codable { var done = true }
}

extension World {
    func state(of phone: Phone) -> ControlBody.PhoneState {
        ControlBody.PhoneState(
            number: phone.number, name: phone.name, lid: "\(phone.lid)@lid", online: phone.isOnline, answer: phone.automaticAnswer,
            devices: devices(of: phone.number))
    }

    /// The phone itself, and its linked devices in the order of their numbers.
    func devices(of number: String) -> [ControlBody.Device] {
        guard let account = service.accounts[number] else { return [] }
        let phone = ControlBody.Device(
            device: 0, jid: account.phoneNumberJID.description, lid: account.lidJID.description, platform: "android",
            connected: phones[number]?.isOnline == true, unanswered: 0, preKeys: account.phoneKeys.oneTimeKeys.count)
        return [phone]
            + account.devices.values.sorted { $0.number < $1.number }.map { device in
                ControlBody.Device(
                    device: device.number, jid: account.phoneNumberJID.withDevice(device.number).description,
                    lid: account.lidJID.withDevice(device.number).description, platform: device.platform,
                    connected: service.online[account.address(device.number)] != nil, unanswered: device.queue.entries.count,
                    preKeys: device.keys.oneTimeKeys.count)
            }
    }
}
