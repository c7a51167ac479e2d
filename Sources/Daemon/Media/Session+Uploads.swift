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
    /// True where the row waits for its file now, or behind another one in its chat.
    func waits(_ row: OutboxRow, _ message: OutgoingMessage) -> Bool {
        guard let contact = row.contactID else { return false }
        guard message.isMedia || uploads.hasLine(contact) else { return false }
        uploads.append(row, contact: contact)
        startUploads()
        return true
    }

    private func startUploads() {
        while let contact = uploads.takePlace() { environment.executor.start { await self.workOff(contact) } }
    }

    /// One chat's rows, in their order.
    private func workOff(_ contact: Int64) async {
        while let row = uploads.first(contact) {
            do { try await carry(row) } catch {
                logger.error("the outbox can not be worked on: \(error)")
                endLink(.database)
            }
            uploads.removeFirst(contact)
        }
        uploads.leave(contact)
        startUploads()
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
            try await self.dispatch(message, row)
        }
    }

    // MARK: Steps

    private func bring(_ media: OutgoingMedia, for row: OutboxRow) async throws {
        guard let message = row.messageRowID else { throw LinkError.closed }
        let step = try await environment.database.run { [id] in try $0.media.outgoing(message: message, session: id) }
        switch step?.state {
        case .uploaded: return
        case .prepared where exists(step?.localFile):
            try await upload(step?.localFile ?? "", content: step?.content ?? [], message: message)
        default:
            let known = step?.state == .fetched ? step?.localFile : nil
            let file = exists(known) ? known ?? "" : try await fetch(media, message: message)
            let (name, content) = try await prepare(media, file: file, message: message)
            try await upload(name, content: content, message: message)
        }
    }

    private func exists(_ name: String?) -> Bool {
        guard let name else { return false }
        return access(environment.files.directory.outgoing + "/" + name, R_OK) == 0
    }

    /// - Returns: the file's name below `media.dir/outgoing`.
    private func fetch(_ media: OutgoingMedia, message: Int64) async throws -> String {
        switch media.source {
        case .file(let name):
            guard exists(name) else { throw SendFailure.media("media_missing", "The file that came with the request is not there any more") }
            return name
        case .url(let address):
            let limit = try await environment.database.run { try MediaLimits.maximumBytes(in: $0) }
            let name = try await environment.files.fetch(address, media.kind, limit)
            environment.checkpoint(.mediaFetched)
            let now = environment.now()
            try await commit { [id] in try $0.media.fetched(message: message, session: id, localFile: name, now: now) }
            return name
        }
    }

    /// Looks into the file, and reckons keys and hashes. Nothing is uploaded before they are committed.
    private func prepare(_ media: OutgoingMedia, file: String, message: Int64) async throws -> (name: String, content: [UInt8]) {
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
        if ready.name != file { files.directory.removeOutgoing(file) }
        return (ready.name, content)
    }

    private func upload(_ name: String, content: [UInt8], message: Int64) async throws {
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
        files.directory.removeOutgoing(name)
    }

    /// The message will not go: its file is not needed any more.
    private func discardFile(of row: OutboxRow, _ media: OutgoingMedia) async {
        guard let message = row.messageRowID else { return }
        let directory = environment.files.directory
        if case .file(let name) = media.source { directory.removeOutgoing(name) }
        let name = try? await commit { [id] database in
            let name = try database.media.outgoing(message: message, session: id)?.localFile
            try database.media.dropOutgoing(message: message, session: id)
            return name
        }
        if let name = name ?? nil { directory.removeOutgoing(name) }
    }
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
