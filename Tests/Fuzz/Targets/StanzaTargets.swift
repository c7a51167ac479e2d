import Model
import Signal
import WhatsApp

extension FuzzTarget {
    /// Every reader of what the service sends by itself, and what we would answer.
    static let stanza = FuzzTarget(
        name: "stanza", seeds: { StanzaSeeds.all.map(BinaryXML.encode) },
        prepare: {
            let mutator = NodeMutator(seeds: StanzaSeeds.all)
            var setup = Jitter(seed: 4)
            let identity = KeyPair.generate(using: &setup)
            var linkCode = try LinkCodePairing(phone: StanzaSeeds.number, using: &setup)
            linkCode.reference = [1, 2]
            let passkey = PasskeyPairing(reference: "2@abc", using: &setup)
            return { [linkCode] input, rng in
                let node = mutated(input, mutator, using: &rng)
                for stanza in [Acknowledgement.node(for: node, own: StanzaSeeds.own.phoneNumber), ServerQuery.result(for: node)] {
                    _ = BinaryXML.encode(stanza)
                }
                _ = (ServerQuery(node), InformationBroadcast.read(node))
                if case .privacyToken(let news) = ServiceNotification(node, own: StanzaSeeds.own) {
                    try checkAddresses([news.sender, news.lid])
                    try checkMoments(news.tokens.map { Timestamp(seconds: $0.seconds) })
                }
                _ = (try? PairDevice(node), try? PasskeyPairing.options(in: node))
                // An agreement of keys costs as much as a hundred stanzas.
                if UInt8.random(in: 0..<16, using: &rng) == 0 { _ = try? passkey.agree(with: node) }
                try checkMoments([LoginSuccess(node).serverTime, MessageAck(node)?.timestamp])
                if let call = CallStanza(node) { try checkAddresses([call.from, call.creator, call.phoneNumber]) }
                if let group = GroupNotification(node) { try check(group) }
                // The code's key takes a tenth of a second to derive.
                if let answer = LinkCodeAnswer(node), UInt16.random(in: 0..<2_048, using: &rng) == 0 {
                    _ = try? linkCode.finish(answer, identity: identity, using: &rng)
                }
                if let retry = try? RetryRequest(node, own: StanzaSeeds.own) {
                    try checkAddresses([retry.chat, retry.sender, retry.chatAlternative])
                }
                if let message = try? IncomingMessage(node, own: StanzaSeeds.own, now: Timestamp(seconds: 1)) { try check(message, node) }
                if let receipt = try? Receipt(node, own: StanzaSeeds.own) {
                    try checkMoments([receipt.timestamp] + receipt.members.map(\.timestamp))
                    try checkAddresses([receipt.chat, receipt.chatAlternative, receipt.sender])
                }
            }
        })

    /// Every reader of an answer to a query of ours.
    static let queryAnswer = FuzzTarget(
        name: "query-answer", seeds: { StanzaSeeds.answers.map(BinaryXML.encode) },
        prepare: {
            let mutator = NodeMutator(seeds: StanzaSeeds.answers)
            return { input, rng in
                let node = mutated(input, mutator, using: &rng)
                _ = (try? PreKeyCount.read(node), try? PreKeyDigest(node), try? PreKeyFetch.read(node))
                _ = (try? PrivacySettings.showsReading(node), try? LinkCodePairing.reference(in: node))
                _ = (try? PasskeyPairing.reference(in: node), try? CollectionAnswer(node, of: .regular))
                if let servers = try? MediaServers(node), servers.hosts.isEmpty || servers.lifetime < 0 {
                    throw FuzzFinding(rule: "media hosts have names")
                }
                for group in ((try? GroupQuery.readParticipating(node)) ?? []) + [try? GroupQuery.readMetadata(node)].compactMap({ $0 }) {
                    try checkAddresses([group.jid] + group.members.flatMap { [$0.jid, $0.alternative] })
                }
                for user in (try? UserQuery.read(node)) ?? [] {
                    try checkAddresses([user.jid, user.lid, user.phoneNumber])
                    let list = user.devices?.signedKeyIndexList.flatMap { try? KeyIndexList($0, accountKey: nil) }
                    _ = user.devices?.accepted(by: list)
                }
            }
        })

    /// Half of the inputs are damaged bytes, half damaged structure.
    static func mutated(_ input: [UInt8], _ mutator: NodeMutator, using rng: inout Jitter) -> Node {
        if Bool.random(using: &rng), let node = try? BinaryXML.decode(input) { return node }
        return mutator.node(using: &rng)
    }

    private static func check(_ message: IncomingMessage, _ node: Node) throws {
        try checkMoments([message.timestamp])
        try checkAddresses([message.chat, message.sender, message.senderAlternative, message.chatAlternative])
        let retry = RetryReceipt.node(for: message, stanza: node, count: 1, reason: .badMAC, registrationID: 1, keys: nil)
        for answer in [retry, MessageReceipt.delivery(of: message, stanza: node, isAvailable: false)] { _ = BinaryXML.encode(answer) }
        _ = MessageReceipt.read(ids: [message.id], chat: message.chat, participant: message.sender, at: message.timestamp)
    }

    private static func check(_ group: GroupNotification) throws {
        try checkAddresses([group.group, group.actor, group.actorAlternative])
        guard [group.version, group.previousVersion].allSatisfy({ ($0?.utf8.count ?? 0) <= 64 }) else {
            throw FuzzFinding(rule: "versions are bounded")
        }
        for case .created(let metadata) in group.changes {
            try checkAddresses([metadata.jid] + metadata.members.flatMap { [$0.jid, $0.alternative] })
        }
    }

    private static func checkMoments(_ moments: [Timestamp?]) throws {
        guard moments.allSatisfy({ $0?.isStorable ?? true }) else { throw FuzzFinding(rule: "moments fit into the database") }
    }

    private static func checkAddresses(_ addresses: [JID?]) throws {
        guard addresses.allSatisfy({ $0?.isWellFormed ?? true }) else { throw FuzzFinding(rule: "addresses fit into the database") }
    }
}
