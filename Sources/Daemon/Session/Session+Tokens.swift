import Logging
import Model
import Store
import WhatsApp

/// Tokens with which the service tells acquaintances from strangers. Source: protocol notes on messages, section 6.
extension Session {
    /// What to show when something is sent to a person, or asked about them; nil for people by phone number alone. And whether they may have to be given one.
    nonisolated static func token(
        for person: JID, now: Timestamp, in database: Database, session: Int64
    ) throws -> (token: PrivacyToken?, isOwed: Bool) {
        guard TokenGift.isFor(person) else { return (nil, false) }
        guard person.isLID else { return (nil, true) }
        let (row, salt) = try database.privacyTokens.loadWithSalt(lid: person.user, session: session)
        let isOwed = TokenAge.isDue(givenAt: row?.givenAt, now: now.seconds)
        if let token = row?.token, let madeAt = row?.tokenAt, TokenAge.isGood(madeAt: madeAt, now: now.seconds) { return (.given(token), isOwed) }
        return (salt.map { .salted(for: person, salt: $0) }, isOwed)
    }

    func keep(_ news: TokenNews) async throws {
        try await commit { [id] database in
            let lid = try news.lid?.user ?? database.contacts.lid(forPhoneNumber: news.sender.user, session: id)
            guard let lid else { return }
            if let named = news.lid, !news.sender.isLID { try KnownPair(number: news.sender, lid: named).learn(in: database, session: id) }
            for token in news.tokens {
                try database.privacyTokens.put(token.bytes, at: token.seconds, lid: lid, session: id)
            }
        }
    }

    /// After a message was taken: the other side gets a token, once in a period. Runs beside the reader.
    func startGivingToken(to person: JID) {
        environment.executor.start {
            do { try await self.giveTokenIfDue(to: person) } catch { await self.logToken(error) }
        }
    }

    /// After a new registration the other side has lost what it was given: the same once more, with its old time.
    func startGivingTokenAgain(to user: JID) {
        environment.executor.start {
            do {
                let (lid, row) = try await self.environment.database.run { [id = self.id] database in
                    let lid = user.isLID ? user.user : try database.contacts.lid(forPhoneNumber: user.user, session: id)
                    return (lid, try lid.flatMap { try database.privacyTokens.load(lid: $0, session: id) })
                }
                guard let lid, let givenAt = row?.givenAt, TokenAge.isGood(madeAt: givenAt, now: self.environment.now().seconds) else { return }
                try await self.giveToken(toLID: lid, at: givenAt)
            } catch { await self.logToken(error) }
        }
    }

    private func logToken(_ error: any Error) { logger.info("a token could not be given: \(error)") }

    private func giveTokenIfDue(to person: JID) async throws {
        let now = environment.now().seconds
        let (lid, row) = try await environment.database.run { [id] database in
            let lid = person.isLID ? person.user : try database.contacts.lid(forPhoneNumber: person.user, session: id)
            return (lid, try lid.flatMap { try database.privacyTokens.load(lid: $0, session: id) })
        }
        guard let lid, TokenAge.isDue(givenAt: row?.givenAt, now: now) else { return }
        try await giveToken(toLID: lid, at: now)
    }

    private func giveToken(toLID lid: String, at seconds: Int64) async throws {
        let person = JID(user: lid, server: .lid)
        guard let own = account?.own, !own.includes(person), TokenGift.isFor(person), tokensBeingGiven.insert(lid).inserted else { return }
        defer { tokensBeingGiven.remove(lid) }
        _ = try Query.answer(await ask(TokenGift.query(to: person, at: seconds)))
        try await commit { [id] in try $0.privacyTokens.setGiven(at: seconds, lid: lid, session: id) }
    }
}
