import FoundationEssentials
import Model
import SwiftProtobuf
import WAProto
import WhatsApp

/// Posts of channels. Source: protocol notes on messages, section 12; whatsmeow `send.go`, `message.go`.
extension Service {
    /// - Parameters:
    ///   - owner: phone number.
    ///   - followers: phone numbers.
    mutating func createChannel(_ name: String, by owner: String, followers: [String]) -> Newsletter {
        var id: String
        repeat {
            id = "1203631\(UInt64.random(in: 10_000_000_000...99_999_999_999, using: &rng))"
        } while channels[id] != nil
        let channel = Newsletter(id: id, name: name, owner: owner, followers: followers)
        channels[id] = channel
        return channel
    }

    /// A client's post: handed on and acknowledged with its number, or refused with an error code.
    mutating func channelMessage(_ stanza: Node, from address: DeviceAddress) {
        var ack = acknowledgement(of: stanza, class: "message")
        do throws(Refusal) {
            ack["server_id"] = .text("\(try post(stanza, from: address))")
        } catch {
            note(error, address)
            guard case .message(let code, _) = error else { return }
            ack["error"] = .text("\(code)")
        }
        reply(ack, to: address)
    }

    /// Checks, and hands on to the linked devices of all followers.
    /// - Returns: the number of the post.
    mutating func post(_ stanza: Node, from sender: DeviceAddress) throws(Refusal) -> Int {
        guard let to = stanza.jid("to"), to.server == .newsletter, let channel = channels[to.user] else {
            throw .message(code: 404, "there is no channel \(stanza.string("to") ?? "")")
        }
        guard channel.owner == sender.number else { throw .message(code: 403, "only its owner writes to \(channel.jid)") }
        guard let id = stanza.string("id"), !id.isEmpty, let type = stanza.string("type"), OutgoingMessage.types.contains(type) else {
            throw .message(code: 400, "id or type is missing, or the type unknown")
        }
        guard let plaintext = stanza.child("plaintext"), let bytes = plaintext.bytes, (try? WAMessage(serializedBytes: bytes)) != nil else {
            throw .message(code: 400, "a post without a readable plaintext")
        }
        let number = channel.postCount + 1
        channels[channel.id]?.postCount = number
        var copy = Node("plaintext", bytes: bytes)
        copy["mediatype"] = plaintext["mediatype"]
        let incoming = Node(
            "message",
            ["from": .jid(channel.jid), "id": .text(id), "server_id": .text("\(number)"), "t": .text("\(now.seconds)"), "type": .text(type)],
            [copy])
        for follower in channel.followers {
            for device in accounts[follower]?.deviceNumbers ?? [] where device != 0 {
                deliver(incoming, to: DeviceAddress(number: follower, device: device))
            }
        }
        note(.message, sender, "\(id) to \(channel.jid), \(channel.followers.count) followers")
        return number
    }
}
