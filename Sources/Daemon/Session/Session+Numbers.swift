import Logging
import Model
import Store
import WhatsApp

/// Which numbers are on WhatsApp. The service is asked once for a number and all the ways to write it; what it said is kept in `wa_numbers`.
extension Session {
    /// Numbers of one query; each may be asked in two forms.
    private static let numbersOfQuery = UserQuery.maximumUsers / 2

    package func numbersRang() async -> Bool {
        guard link?.isActive == true else { return false }
        // Whoever asked earlier has given up.
        let since = environment.now().adding(milliseconds: -SessionTimes.waitedNumbers)
        do {
            let numbers = try await environment.database.run { [id] in
                try $0.numbers.asked(after: since, limit: Self.numbersOfQuery, session: id)
            }
            if !numbers.isEmpty { _ = try await registrations(of: numbers, within: SessionTimes.checkQuery) }
            return true
        } catch {
            logger.warning("numbers could not be checked: \(error)")
            return false
        }
    }

    /// Asks and remembers. What the service says nothing of stays open.
    /// - Parameter numbers: digits, at most half of ``UserQuery/maximumUsers``.
    func registrations(of numbers: [String], within limit: Int64) async throws -> [RegisteredNumber.Finding] {
        let forms = numbers.flatMap { number in [number] + ((try? PhoneNumber(parsing: number))?.variants.map(\.digits) ?? []) }
        let query = UserQuery.registration(of: forms, sid: querySID())
        let answers = try UserQuery.read(await ask(query, within: limit))
        let findings = numbers.map { RegisteredNumber.Finding($0, isAlone: numbers.count == 1, in: answers) }
        let now = environment.now()
        try await commit { [id] database in
            for finding in findings where finding.isAnswered {
                try database.numbers.answer(
                    finding.asked, registered: finding.found?.number.user, lid: finding.found?.lid?.user, at: now, session: id)
                try Self.note(finding.found, in: database, session: id)
            }
        }
        return findings
    }

    /// A contact that is known already gets its other name; nobody becomes a contact by being asked for.
    private static func note(_ found: RegisteredNumber?, in database: Database, session: Int64) throws {
        guard let found, let lid = found.lid else { return }
        guard try database.contacts.find(ContactAddress(found.number, other: lid), session: session) != nil else { return }
        try KnownPair(number: found.number, lid: lid).learn(in: database, session: session)
    }

    package func syncRang() async -> Bool {
        guard link?.isActive == true else { return false }
        startContactSync()
        environment.executor.start {
            do { try await self.refreshGroups() } catch { self.logger.info("the groups could not be listed: \(error)") }
        }
        return true
    }
}
