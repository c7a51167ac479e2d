import Logging
import Model
import Store

/// Disk and database stay below what the owner allows them; what comes near is noted in `wa_settings`, where `doctor` and the mail to the owner find it.
struct Ceilings: Sendable {
    static let disk = "media.disk_bytes"

    let database: DatabaseThread
    /// nil leaves files alone.
    let files: MediaFiles?
    let now: Timestamp
    let logger: Logger

    func run(isStopping: @escaping @Sendable () async -> Bool) async throws {
        try await note(try await DatabaseCeiling(database: database, now: now).run(isStopping: isStopping), of: DatabaseCeiling.setting)
        guard let files else { return }
        let isThere = try await files.thread.run { DiskRoom.isThere(in: files.directory.path) }
        let text = "less than \(DiskRoom.wanted >> 20) MB can be written in \(files.directory.path): the disk or the account's quota is nearly full"
        try await note(isThere == false ? text : nil, of: Self.disk)
    }

    private func note(_ text: String?, of setting: String) async throws {
        if let text { logger.warning("\(text)") }
        try await database.run { try $0.settings.setNote(text, name: setting) }
    }
}
