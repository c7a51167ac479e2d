/// Answers for people, or as JSON.
enum Output {
    static func show(_ json: [UInt8], _ options: ControlOptions, _ text: () -> String) {
        if options.json {
            print(String(decoding: json, as: UTF8.self), terminator: "")
        } else {
            let text = text()
            if !text.isEmpty { print(text) }
        }
    }

    static func describe(_ phone: ControlBody.PhoneState) -> String {
        var lines = ["\(phone.number)  \(phone.name)  \(phone.lid)\(phone.online ? "" : "  off")"]
        for device in phone.devices {
            lines.append("  device \(device.device)  \(device.platform)  \(device.connected ? "connected" : "away")")
        }
        return lines.joined(separator: "\n")
    }

    static func describe(_ message: PhoneMessage) -> String {
        let direction = message.fromMe ? "to \(message.chat)" : "from \(message.from)"
        return "\(message.time)  \(direction)  \(message.status.rawValue)  \(message.id)  \(message.text ?? "(\(message.kind))")"
    }
}
