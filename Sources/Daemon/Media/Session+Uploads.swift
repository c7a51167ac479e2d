import CryptoPrimitives
import Glibc
import Logging
import Model
import Store
import SwiftProtobuf
import WAProto
import WhatsApp

/// Sending files: fetched, looked into, encrypted and uploaded before the message is dispatched, beside everything else. Every step is kept in
/// `wa_media`, so that a restart repeats none that was finished: the same keys make the same upload.
extension Session {
    /// What a chat's rows wait for, each with places of its own: a text with a link must not wait for others' videos.
    private enum Lane { case files, links }

    private subscript(lane: Lane) -> Uploads {
        get { lane == .files ? uploads : linkedTexts }
        set { if lane == .files { uploads = newValue } else { linkedTexts = newValue } }
    }

    /// True where the row waits for its file or its link's preview now, or behind another one in its chat.
    func waits(_ row: OutboxRow, _ message: OutgoingMessage) async throws -> Bool {
        guard let contact = row.contactID else { return false }
        let wantsPreview = try await wantsPreview(message)
        // Nothing may come between looking and standing in line.
        guard let lane = lane(of: message, contact, wantsPreview: wantsPreview) else { return false }
        self[lane].append(row, contact: contact)
        startWaiting()
        return true
    }

    private func lane(of message: OutgoingMessage, _ contact: Int64, wantsPreview: Bool) -> Lane? {
        if uploads.hasLine(contact) { return .files }
        if linkedTexts.hasLine(contact) { return .links }
        if message.isMedia { return .files }
        return wantsPreview && !linkedTexts.isFull ? .links : nil
    }

    private func startWaiting() {
        for lane in [Lane.files, .links] {
            while let contact = self[lane].takePlace() { environment.executor.start { await self.workOff(contact, lane) } }
        }
    }

    /// One chat's rows, in their order.
    private func workOff(_ contact: Int64, _ lane: Lane) async {
        while let row = self[lane].first(contact) {
            do { try await carry(row) } catch {
                logger.error("the outbox can not be worked on: \(error)")
                endLink(.database)
            }
            self[lane].removeFirst(contact)
        }
        self[lane].leave(contact)
        startWaiting()
        startSending()
    }

    private func carry(_ row: OutboxRow) async throws {
        try await settling(row) {
            let message = try await self.message(of: row)
            if case .media(let media) = message.content {
                do { try await self.bring(media, for: row) } catch let failure as SendFailure where !failure.isTransient {
                    await self.discardFile(of: row, media)
                    throw failure
                }
            }
            try await self.dispatch(try await self.previewed(message), row)
        }
    }

    // MARK: Steps

    private func bring(_ media: OutgoingMedia, for row: OutboxRow) async throws {
        guard let message = row.messageRowID else { throw LinkError.closed }
        let step = try await environment.database.run { [id] in try $0.media.outgoing(message: message, session: id) }
        if step == nil, try await takesOver(row, message: message) { return }
        switch step?.state {
        case .uploaded: return
        case .prepared where exists(step?.localFile):
            let name = step?.localFile ?? ""
            try await upload(name, content: step?.content ?? [], message: message, isShared: row.shares(name, media))
        default:
            let known = step?.state == .fetched ? step?.localFile : nil
            let file = exists(known) ? known ?? "" : try await fetch(media, message: message, for: row)
            let (name, content) = try await prepare(media, file: file, message: message, isShared: row.shares(file, media))
            try await upload(name, content: content, message: message, isShared: row.shares(name, media))
        }
    }

    /// What was uploaded for another recipient of the same bulk serves this one, too: the same file, at the same place.
    private func takesOver(_ row: OutboxRow, message: Int64) async throws -> Bool {
        guard let job = row.bulkJobID else { return false }
        let now = environment.now()
        return try await commit { [id] in try $0.media.takeOver(fromBulk: job, message: message, session: id, now: now) }
    }

    private func exists(_ name: String?) -> Bool {
        guard let name else { return false }
        return access(environment.files.directory.outgoing + "/" + name, R_OK) == 0
    }

    /// - Returns: the file's name below `media.dir/outgoing`.
    private func fetch(_ media: OutgoingMedia, message: Int64, for row: OutboxRow) async throws -> String {
        switch media.source {
        case .file(let name):
            guard exists(name) else { throw SendFailure.media("media_missing", "The file that came with the request is not there any more") }
            return name
        case .url(let address):
            let limit = try await environment.database.run { try MediaLimits.maximumBytes(in: $0) }
            let name = try await fetch(address, media.kind, limit, for: row)
            environment.checkpoint(.mediaFetched)
            let now = environment.now()
            try await commit { [id] in try $0.media.fetched(message: message, session: id, localFile: name, now: now) }
            return name
        }
    }

    /// Whoever waits for an answer gets it at once; what nobody waits for is tried again where that may help.
    private func fetch(_ address: String, _ kind: MediaKind, _ limit: Int, for row: OutboxRow) async throws -> String {
        do { return try await environment.files.fetch(address, kind, limit) } catch FetchFailure.stopped {
            throw LinkError.closed
        } catch let failure as FetchFailure {
            let isAwaited = row.source == .api && environment.now().milliseconds - row.createdAt.milliseconds < 2 * Limits.requestWaitMilliseconds
            throw SendFailure.media(failure.code, "`\(kind.field)` \(failure)", isTransient: failure.mayPass && !isAwaited)
        }
    }

    /// Looks into the file, and reckons keys and hashes. Nothing is uploaded before they are committed.
    /// - Parameter isShared: the file is one of a bulk, which others may need; it stays until the bulk is done.
    private func prepare(
        _ media: OutgoingMedia, file: String, message: Int64, isShared: Bool
    ) async throws -> (name: String, content: [UInt8]) {
        let (files, now) = (environment.files, environment.now())
        let ready = try await files.prepare(media, file)
        let key = Random.bytes(MediaKeys.keyLength, using: &random)
        let facts: MediaEncryptor.Facts
        do {
            let source = try await EncryptedSource(
                files.directory.outgoing + "/" + ready.name, mediaKey: key, category: ready.message.category, thread: files.thread)
            facts = try await source.facts()
        } catch { throw SendFailure(MediaDownload.failure(error)) }
        let built = ready.message.message(facts, mediaKey: key, at: now)
        guard let content: [UInt8] = try? built.serializedBytes() else { throw StanzaError.unencodable }
        try await commit { [id] in
            try $0.media.prepared(
                message: message, session: id, localFile: ready.name, content: content, mimeType: ready.message.mimeType,
                fileName: ready.message.fileName, fileLength: Int64(facts.fileLength), now: now)
        }
        environment.checkpoint(.mediaPrepared)
        if ready.name != file, !isShared { files.directory.removeOutgoing(file) }
        return (ready.name, content)
    }

    private func upload(_ name: String, content: [UInt8], message: Int64, isShared: Bool) async throws {
        guard var built = try? WAMessage(serializedBytes: content), let about = built.fileForUpload else { throw StanzaError.malformedProtobuf }
        let files = environment.files
        let path = files.directory.outgoing + "/" + name
        let upload = MediaUpload(
            path: path, category: about.category, mediaKey: about.mediaKey, fileEncSHA256: about.fileEncSHA256,
            encryptedLength: MediaEncryptor.encryptedLength(of: Int(clamping: about.fileLength)), client: files.client, thread: files.thread,
            logger: logger)
        do throws(MediaFailure) {
            let place = try await upload.send { (old) throws(MediaFailure) in
                try await self.mediaServers(insteadOf: old)
            } pause: {
                await self.patience($0)
            }
            environment.checkpoint(.mediaUploaded)
            built.placeFile(directPath: place.directPath, url: place.url)
        } catch {
            if error == .interrupted { throw LinkError.closed }
            throw SendFailure(error)
        }
        guard let placed: [UInt8] = try? built.serializedBytes() else { throw StanzaError.unencodable }
        try await commit { [id] in try $0.media.uploaded(message: message, session: id, content: placed) }
        environment.checkpoint(.mediaStored)
        if !isShared { files.directory.removeOutgoing(name) }
    }

    /// The message will not go: its file is not needed any more.
    private func discardFile(of row: OutboxRow, _ media: OutgoingMedia) async {
        guard let message = row.messageRowID else { return }
        let directory = environment.files.directory
        if case .file(let name) = media.source, !row.shares(name, media) { directory.removeOutgoing(name) }
        let name = try? await commit { [id] database in
            let name = try database.media.outgoing(message: message, session: id)?.localFile
            try database.media.dropOutgoing(message: message, session: id)
            return name
        }
        if let name = name ?? nil, !row.shares(name, media) { directory.removeOutgoing(name) }
    }
}

extension OutboxRow {
    /// The file came with a bulk: all its recipients are sent the same.
    fileprivate func shares(_ name: String, _ media: OutgoingMedia) -> Bool { bulkJobID != nil && media.source == .file(name) }
}

extension OutgoingMessage {
    var isMedia: Bool {
        if case .media = content { true } else { false }
    }
}

extension SendFailure {
    init(_ failure: MediaFailure) {
        switch failure {
        case .tooLarge: self = .media("media_too_large", "WhatsApp does not take a file of this size")
        case .refused, .gone, .damaged: self = .media("media_refused", "WhatsApp's media hosts do not take the file: \(failure)")
        case .unreachable, .noHosts, .disk, .interrupted:
            self = .media("media_upload_failed", "The file could not be uploaded: \(failure)", isTransient: true)
        }
    }
}
