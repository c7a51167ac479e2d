import Model
import SwiftProtobuf
import WAProto
import WhatsApp

/// The part of the control interface that is about channels.
struct ChannelRoutes {
    let host: SandboxHost
    let finish: (ControlResponse) -> Void

    struct New: Codable { var by: String; var name: String; var followers: [String] }
    struct State: Codable { var jid: String; var name: String; var owner: String; var followers: [String]; var posts: Int }
    struct Post: Codable { var text: String }

    func handle(_ request: ControlRequest) throws(ControlError) {
        let path = request.path
        switch (request.method, path.count) {
        case ("POST", 1):
            let body = try request.decode(New.self)
            let channel = try host.change { (world) throws(ControlError) in
                try world.createChannel(body.name, by: body.by, followers: body.followers, now: SandboxHost.now)
            }
            finish(ControlResponse(state(of: channel), status: 201))
        case ("GET", 2):
            guard let channel = host.world.service.channels[Self.id(path[1])] else { throw .notFound("no channel \(path[1])") }
            finish(ControlResponse(state(of: channel)))
        case ("POST", 3) where path[2] == "post":
            let body = try request.decode(Post.self)
            let id = try host.change { (world) throws(ControlError) in
                try world.post(body.text, in: Self.id(path[1]), now: SandboxHost.now)
            }
            finish(ControlResponse(ControlBody.Sent(id: id)))
        case (_, 1), (_, 2): throw .methodNotAllowed
        default: throw .notFound("no such path")
        }
    }

    /// With or without `@newsletter`.
    private static func id(_ text: String) -> String { String(text.prefix { $0 != "@" }) }

    private func state(of channel: Newsletter) -> State {
        State(
            jid: channel.jid.description, name: channel.name, owner: channel.owner, followers: channel.followers, posts: channel.postCount)
    }
}

/// What people do with channels on their phones.
extension World {
    mutating func createChannel(_ name: String, by number: String, followers: [String], now: Timestamp) throws(ControlError) -> Newsletter {
        service.now = now
        for number in [number] + followers { _ = try existing(number) }
        return service.createChannel(name, by: number, followers: followers)
    }

    /// - Returns: the message id.
    mutating func post(_ text: String, in id: String, now: Timestamp) throws(ControlError) -> String {
        service.now = now
        guard !text.isEmpty else { throw .badRequest("the text is empty") }
        guard let channel = service.channels[id] else { throw .notFound("no channel \(id)") }
        let messageID = StanzaID.phoneMessage(using: &service.rng)
        guard let bytes: [UInt8] = try? plain(text).serializedBytes() else { throw .badRequest("the text can not be written") }
        let stanza = Node(
            "message", ["to": .jid(channel.jid), "id": .text(messageID), "type": "text"], [Node("plaintext", bytes: bytes)])
        do throws(Refusal) {
            _ = try service.post(stanza, from: .phone(channel.owner))
        } catch { throw .conflict(error.reason) }
        settle()
        return messageID
    }
}
