import Logging
import Model
import Store
import WhatsApp

/// The chats that the phone hands over after linking. Each part is noted in the transaction of its message, and taken in later, beside
/// everything else; what a killed daemon left is gone on with. Source: protocol notes on state, section 3.
extension Session {
    /// A part that failed so often is given up.
    private static let maximumHistoryAttempts = 5
    /// Until a part is tried again whose file could not be fetched; the login tries at once.
    private static let historyPause: Int64 = 60_000
    /// A phone whose files are always gone is not asked for ever.
    private static let maximumHistoryRequests = 10

    /// Does nothing unless connected, and nothing twice at a time.
    func startHistory() {
        historyHasRung = true
        guard !isTakingHistory, link?.isActive == true else { return }
        isTakingHistory = true
        environment.executor.start { await self.takeHistory() }
    }

    private func takeHistory() async {
        defer { isTakingHistory = false }
        do {
            try await confirmHistory()
            repeat {
                historyHasRung = false
                while link?.isActive == true,
                    let part = try await slowCommit({ [id] in try $0.historyParts.next(session: id) })
                {
                    try await take(part)
                }
            } while historyHasRung && link?.isActive == true
        } catch LinkError.closed {
            return
        } catch let failure as MediaFailure {
            logger.warning("a part of the phone's history can not be fetched yet: \(failure)")
            after(Self.historyPause) { await $0.startHistory() }
        } catch {
            logger.error("the history can not be taken in: \(error)")
        }
    }

    private func take(_ part: HistoryPartRow) async throws {
        guard let own = account?.own else { throw LinkError.closed }
        do {
            let notice = try HistoryNotice(part.notice)
            let file = try await historyFile(notice.place)
            let intake = HistoryImport(on: environment.slow, own: own, session: id) { [weak self] body in
                guard let self else { throw StoreError.leaseLost }
                try await self.slowCommit(body)
            }
            try await intake.take(notice.place, file: file)
            environment.checkpoint(.historyStored)
            try await slowCommit { try $0.historyParts.setTaken(id: part.id) }
            try await confirmHistory()
        } catch where Self.isHopeless(error) || part.attempts >= Self.maximumHistoryAttempts {
            if case MediaFailure.gone = error { try await askForHistory(part) }
            logger.error("a part of the phone's history can not be taken in: \(error)")
            try await slowCommit { try $0.historyParts.setFailed(id: part.id) }
        }
    }

    /// The hosts have lost the file of a part: the phone makes a new one, with a notice of its own.
    private func askForHistory(_ part: HistoryPartRow) async throws {
        guard let about = try HistoryNotice(part.notice).part, historyRequests < Self.maximumHistoryRequests else { return }
        historyRequests += 1
        try await tellPhone(PhoneRequest.historyPart(about, noticeID: part.messageID).plaintext)
        logger.notice("a part of the phone's history is gone from the hosts; the phone is asked for it once more")
    }

    /// Trouble with the part itself comes again with every attempt.
    private static func isHopeless(_ error: any Error) -> Bool {
        if let error = error as? StoreError { return !error.concernsEverything }
        if let error = error as? MediaFailure { return !error.isTransient }
        return error is HistoryError || error is StanzaError || error is MediaCipherError
    }

    /// The phone hears of everything that is stored; where the connection ends first, after the next login.
    private func confirmHistory() async throws {
        let taken = try await environment.slow.run { [id] in try $0.historyParts.taken(session: id) }
        for messageID in taken {
            guard let own = account?.own, link?.isActive == true, link?.end == nil else { throw LinkError.closed }
            send(MessageReceipt.historySync(id: messageID, own: own))
            try await slowCommit { [id] in try $0.historyParts.delete(messageID: messageID, session: id) }
        }
    }
}
