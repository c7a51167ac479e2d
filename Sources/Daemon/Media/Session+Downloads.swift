import Glibc
import Logging
import Model
import Store
import WhatsApp

/// Received files: downloaded beside everything else, a few at a time, until they are here or gone for good. The rows are the truth, so that a
/// restart goes on where it was.
extension Session {
    /// A phone that was asked for a file and says nothing for so long does not have it.
    private static let patienceWithPhones: Int64 = 24 * 3_600_000
    /// The first pause after a failure; doubles with each further one, up to the longest.
    private static let firstPause: Int64 = 15_000
    private static let longestPause: Int64 = 3_600_000
    /// Days of failures are enough; hosts keep files for two weeks at least, but trouble of our own does not last so long.
    private static let maximumDownloads = 40
    /// Phones take few of them at a time.
    private static let questionsAtLogin = 20
    /// Of one question, at as many logins: connections that break every minute must not become a flood of them.
    private static let maximumRepetitions = 5

    /// There may be files to download. Does nothing unless connected: only then the service tells the hosts.
    func startDownloads() {
        guard link?.isActive == true, !isStopping else { return }
        guard !downloads.isLooking else {
            downloads.hasMore = true
            return
        }
        downloads.isLooking = true
        environment.executor.start { await self.lookForDownloads() }
    }

    private func lookForDownloads() async {
        repeat {
            downloads.hasMore = false
            do { try await beginDownloads() } catch { logger.warning("received files wait for the database: \(error)") }
        } while downloads.hasMore && link?.isActive == true && !isStopping
        downloads.isLooking = false
    }

    private func beginDownloads() async throws {
        let room = Downloads.limit - downloads.underWay.count
        guard room > 0 else { return }
        let (now, busy) = (environment.now(), Array(downloads.underWay))
        let (rows, next) = try await environment.database.run { [id] database in
            (try database.media.due(session: id, now: now, excluding: busy, limit: room), try database.media.nextDueAt(session: id))
        }
        for row in rows {
            downloads.underWay.insert(row.id)
            environment.executor.start { await self.bring(row) }
        }
        // What is due now and found no room is looked for when a place becomes free.
        if rows.isEmpty, let next, next > now { after(next.milliseconds - now.milliseconds) { await $0.startDownloads() } }
    }

    private func bring(_ row: MediaRow) async {
        do { try await settle(row) } catch {
            // The row stands as it stood; the next look comes with the next message or connection.
            logger.warning("a received file could not be stored: \(error)")
        }
        downloads.underWay.remove(row.id)
        startDownloads()
    }

    private func settle(_ row: MediaRow) async throws {
        if row.state == .asked { return try await end(row, as: .gone, because: "the phone was asked for the file and has not answered") }
        let descriptor: MediaDescriptor
        do { descriptor = try row.descriptor } catch { return try await end(row, as: .refused, because: "\(error)") }
        let limit = try await environment.database.run { try MediaLimits.maximumBytes(in: $0) }
        do throws(MediaFailure) {
            let path = try await fetchMedia(descriptor, limit: limit)
            environment.checkpoint(.mediaDownloaded)
            try await keep(path, row)
        } catch {
            try await failed(row, descriptor, because: error)
        }
    }

    /// Moves the file to its place, then says so: a row that says `ready` has its file, whenever the daemon is killed.
    private func keep(_ path: String, _ row: MediaRow) async throws(MediaFailure) {
        let (directory, now) = (environment.files.directory, environment.now())
        let name = MediaDirectory.name(of: row.id)
        do {
            let length = try await environment.files.thread.run { try directory.place(path, as: name) }
            environment.checkpoint(.mediaPlaced)
            try await commit { try $0.media.ready(id: row.id, localFile: name, fileLength: length, at: now) }
        } catch let failure as MediaFailure { throw failure } catch {
            // A file that no row speaks of is cleared away later.
            throw .disk("the row can not be written (\(error))", EIO)
        }
        environment.checkpoint(.mediaReady)
    }

    private func failed(_ row: MediaRow, _ descriptor: MediaDescriptor, because failure: MediaFailure) async throws {
        switch failure {
        case .interrupted: return
        case .gone where !row.wasAsked: try await askPhone(row, because: failure)
        case .gone: try await end(row, as: .gone, because: "\(failure)")
        case .refused, .tooLarge, .damaged: try await end(row, as: .refused, because: "\(failure)")
        case .unreachable, .noHosts, .disk:
            guard row.attempts < Self.maximumDownloads else { return try await end(row, as: .gone, because: "\(failure)") }
            let pause = min(Self.firstPause << Int64(min(row.attempts, 16)), Self.longestPause)
            let time = environment.now().adding(milliseconds: pause)
            try await commit { try $0.media.retryLater(id: row.id, at: time, error: "\(failure)") }
        }
    }

    private func end(_ row: MediaRow, as state: MediaState, because text: String) async throws {
        logger.warning("a received file can not be had: \(text)")
        try await commit { try $0.media.end(id: row.id, as: state, error: text) }
    }

    // MARK: Asking the phone

    /// The hosts have lost the file: whoever has it is asked once to upload it again.
    private func askPhone(_ row: MediaRow, because failure: MediaFailure) async throws {
        guard let own = account?.own else { return }
        let now = environment.now()
        let subject = try await commit { [id] database -> MediaRetryRequest? in
            guard let request = try MediaRetryRequest(row, own: own, in: database, session: id) else { return nil }
            try database.media.asked(
                id: row.id, at: now, until: now.adding(milliseconds: Self.patienceWithPhones), error: "\(failure)")
            return request
        }
        guard let subject else { return try await end(row, as: .gone, because: "\(failure)") }
        environment.checkpoint(.mediaAsked)
        logger.notice("a received file is gone from the hosts; the phone is asked to upload it again")
        send(try subject.node(mediaKey: row.mediaKey, own: own.phoneNumber, using: &random))
    }

    /// After a login: a phone may never have heard the question of a daemon that was killed, or of a connection that broke. One that has is
    /// not harmed by another.
    func repeatQuestions() async throws {
        guard let own = account?.own else { return }
        let open = try await commit { [id] database in
            var open: [(key: [UInt8], request: MediaRetryRequest)] = []
            for row in try database.media.asked(session: id, repeatedLessThan: Self.maximumRepetitions, limit: Self.questionsAtLogin) {
                try database.media.askedAgain(id: row.id)
                guard let request = try MediaRetryRequest(row, own: own, in: database, session: id) else { continue }
                open.append((row.mediaKey, request))
            }
            return open
        }
        for question in open { send(try question.request.node(mediaKey: question.key, own: own.phoneNumber, using: &random)) }
    }

    /// A phone has answered. Only an answer under the key of a file that was asked for counts.
    func apply(_ answer: MediaRetryAnswer) async throws {
        let now = environment.now()
        try await commit { [id, logger] database in
            for row in try database.media.asked(messageID: answer.messageID, session: id) {
                guard let outcome = try? answer.open(mediaKey: row.mediaKey) else { continue }
                switch outcome {
                case .uploaded(let path): try database.media.uploadedAgain(id: row.id, directPath: path, now: now)
                case .gone: try database.media.end(id: row.id, as: .gone, error: "the phone does not have the file any more")
                case .failed: try database.media.end(id: row.id, as: .gone, error: "the phone could not upload the file again")
                }
                return
            }
            logger.notice("an answer about a file that was not asked for")
        }
        startDownloads()
    }
}

extension MediaRow {
    /// - Throws: ``MediaCipherError``
    var descriptor: MediaDescriptor {
        get throws(MediaCipherError) {
            guard let category = MediaCategory(rawValue: category) else { throw .invalidPath }
            return try MediaDescriptor(
                category: category, mediaKey: mediaKey, fileSHA256: fileSHA256, fileEncSHA256: fileEncSHA256,
                fileLength: fileLength.flatMap { UInt64(exactly: $0) }, directPath: directPath, url: url)
        }
    }
}

extension MediaRetryRequest {
    /// nil where the message is gone.
    init?(_ row: MediaRow, own: OwnAddresses, in database: Database, session: Int64) throws {
        guard let message = try database.messages.find(id: row.messageRowID, session: session),
            let contact = try database.contacts.find(id: message.contactID, session: session), let chat = contact.wireAddress
        else { return nil }
        let isFromMe = message.direction == .outbound
        var participant: JID?
        if chat.isGroup {
            let writer = try message.participantContactID.flatMap { try database.contacts.find(id: $0, session: session)?.wireAddress }
            participant = isFromMe ? (own.lid ?? own.phoneNumber).bare : writer
        }
        self.init(messageID: message.messageID, chat: chat, isFromMe: isFromMe, participant: participant)
    }
}

extension ContactRow {
    /// How WhatsApp addresses the chat today: the LID wherever it is known.
    var wireAddress: JID? {
        if let groupJID { return JID(parsing: groupJID) }
        if let lid { return JID(user: lid, server: .lid) }
        return phoneNumber.map { JID(user: $0, server: .phoneNumber) }
    }
}
