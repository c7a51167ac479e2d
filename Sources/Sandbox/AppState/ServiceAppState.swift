import CryptoPrimitives
import FoundationEssentials
import Model
import SwiftProtobuf
import WAProto
import WhatsApp

/// The shared settings, as the service sees them. Source: protocol notes on state, section 2.
extension Service {
    mutating func collections(_ sync: Node?, from address: DeviceAddress) throws(QueryError) -> [Node] {
        let asked = sync?.children("collection") ?? []
        guard !asked.isEmpty, asked.count <= AppStateCollection.allCases.count else { throw .badRequest }
        var answers: [Node] = []
        for collection in asked {
            guard let name = collection.string("name").flatMap(AppStateCollection.init) else { throw .badRequest }
            if let patch = collection.child("patch") {
                answers.append(try take(patch, collection, of: name, from: address))
            } else {
                answers.append(try fetch(collection, name, from: address))
            }
        }
        return [Node("sync", [:], answers)]
    }

    private mutating func fetch(_ asked: Node, _ name: AppStateCollection, from address: DeviceAddress) throws(QueryError) -> Node {
        guard let flag = asked.string("return_snapshot"), flag == "true" || flag == "false" else { throw .badRequest }
        guard flag == "true" || asked.uint("version") != nil else { throw .badRequest }
        let stored = collection(name, of: address.number)
        if flag == "true", let (version, snapshot) = snapshot(stored) {
            var whole = answer(name, stored, after: version, for: address)
            whole.content = .nodes([snapshot] + whole.children)
            return whole
        }
        let known = flag == "true" ? 0 : asked.uint("version") ?? 0
        guard known <= stored.version else { return error(404, "item-not-found", name, stored) }
        return answer(name, stored, after: known, for: address)
    }

    private mutating func answer(_ name: AppStateCollection, _ stored: StoredCollection, after known: UInt64, for address: DeviceAddress) -> Node {
        var part = Array(stored.patches(after: known).prefix(StoredCollection.answerLimit))
        if let last = part.last, faults.miscounts(for: address) { part[part.count - 1] = StoredCollection.miscounted(last) }
        var node = Node("collection", ["name": .text(name.rawValue), "version": .text("\(stored.version)")])
        if known + UInt64(part.count) < stored.version { node["has_more_patches"] = "true" }
        node.content = .nodes(part.isEmpty ? [] : [Node("patches", [:], part.map { Node("patch", bytes: $0) })])
        return node
    }

    /// All but the newest patches as one file at the media hosts; nil where there are few.
    private mutating func snapshot(_ stored: StoredCollection) -> (version: UInt64, node: Node)? {
        let version = stored.version - stored.version % UInt64(StoredCollection.answerLimit)
        guard version > 0, let vault, !media.names.isEmpty, let bytes = stored.snapshot(at: version) else { return nil }
        let key = Random.bytes(MediaKeys.keyLength, using: &rng)
        guard let (file, facts) = try? vault.upload(bytes, .appState, mediaKey: key) else { return nil }
        let reference = WAExternalBlobReference.with {
            $0.mediaKey = Data(key)
            $0.directPath = file.directPath
            $0.fileSizeBytes = UInt64(facts.fileLength)
            $0.fileSha256 = Data(facts.fileSHA256)
            $0.fileEncSha256 = Data(facts.fileEncSHA256)
        }
        guard let reference: [UInt8] = try? reference.serializedBytes() else { return nil }
        return (version, Node("snapshot", bytes: reference))
    }

    private func error(_ code: Int, _ text: String, _ name: AppStateCollection, _ stored: StoredCollection) -> Node {
        Node(
            "collection", ["name": .text(name.rawValue), "version": .text("\(stored.version)"), "type": "error"],
            [Node("error", ["code": .text("\(code)"), "text": .text(text)])])
    }

    private mutating func take(
        _ patch: Node, _ asked: Node, of name: AppStateCollection, from address: DeviceAddress
    ) throws(QueryError) -> Node {
        guard let bytes = patch.bytes, let version = asked.uint("version") else { throw .badRequest }
        let stored = collection(name, of: address.number)
        guard version == stored.version else {
            note(.query, address, "\(name.rawValue): a patch upon version \(version), though \(stored.version) is the newest")
            var conflict = error(409, "conflict", name, stored)
            let newer = stored.patches(after: version).prefix(StoredCollection.answerLimit)
            conflict.content = .nodes(conflict.children + [Node("patches", [:], newer.map { Node("patch", bytes: $0) })])
            return conflict
        }
        do throws(Refusal) {
            try accept(bytes, to: name, from: address)
        } catch {
            note(error, address)
            return self.error(400, "bad-request", name, stored)
        }
        return Node("collection", ["name": .text(name.rawValue), "version": .text("\(version + 1)")])
    }

    func collection(_ name: AppStateCollection, of number: String) -> StoredCollection {
        accounts[number]?.appState?[name.rawValue] ?? StoredCollection()
    }

    /// Keeps a patch upon the newest version, and tells all other devices.
    mutating func accept(_ patch: [UInt8], to name: AppStateCollection, from address: DeviceAddress) throws(Refusal) {
        var stored = collection(name, of: address.number)
        try stored.add(patch)
        var all = accounts[address.number]?.appState ?? [:]
        all[name.rawValue] = stored
        accounts[address.number]?.appState = all
        note(.query, address, "\(name.rawValue) is at version \(stored.version)")
        for number in accounts[address.number]?.deviceNumbers ?? [] where number != address.device {
            let news = Node("collection", ["name": .text(name.rawValue), "version": .text("\(stored.version)")])
            deliver(
                Node(
                    "notification",
                    [
                        "from": .jid(.service), "type": "server_sync", "id": .text(nextStanzaID()), "t": .text("\(now.seconds)"),
                    ], [news]), to: DeviceAddress(number: address.number, device: number))
        }
    }
}
