import Glibc
import Model
import Store

/// Files that have had their time: received ones after `media.retention_days` or where they take more than `media.disk_bytes`, the oldest first;
/// and what no row speaks of any more. The file goes before its row says so.
struct MediaClearing: Sendable {
    let files: MediaFiles
    let database: DatabaseThread
    let now: Timestamp

    private static let batch = 50
    private static let day: Int64 = 86_400_000
    /// A file that no row speaks of may be one that is on its way.
    private static let graceSeconds: Int64 = 2 * 3_600
    /// A file to be sent waits for its row no longer than a request takes.
    private static let outgoingGraceSeconds: Int64 = 24 * 3_600
    /// As long as devices may ask for a message again.
    private static let contentDays: Int64 = 14

    func run(isStopping: @escaping @Sendable () async -> Bool) async throws {
        if let days = try await database.run({ try MediaLimits.retentionDays(in: $0) }) {
            let moment = now.adding(milliseconds: -Int64(days) * Self.day)
            while await !isStopping(), try await expire({ try $0.media.old(before: moment, limit: Self.batch) }) {}
        }
        while await !isStopping(), try await isOverCeiling(), try await expire({ try $0.media.oldest(limit: 1) }) {}
        let moment = now.adding(milliseconds: -Self.contentDays * Self.day)
        while await !isStopping(), try await database.run({ try $0.media.dropContents(before: moment, limit: 500) }) == 500 {}
        try await clearStrays()
    }

    /// - Returns: whether there may be more.
    private func expire(_ find: @Sendable (Database) throws -> [OldMedia]) async throws -> Bool {
        let found = try await database.run(find)
        try await files.thread.run { [files] in for file in found where !file.localFile.isEmpty { files.directory.remove(file.localFile) } }
        for file in found { try await database.run { try $0.media.expired(id: file.id) } }
        return !found.isEmpty
    }

    private func isOverCeiling() async throws -> Bool {
        try await database.run { database in
            guard let limit = try MediaLimits.diskBytes(in: database) else { return false }
            return try database.media.bytesKept() > limit
        }
    }

    private func clearStrays() async throws {
        let (directory, now) = (files.directory, now.seconds)
        for name in try await old(directory.incoming, before: now - Self.graceSeconds) {
            try await files.thread.run { _ = unlink(directory.incoming + "/" + name) }
        }
        let received = try await old(directory.path, before: now - Self.graceSeconds)
        let known = try await database.run { try $0.media.known(localFiles: received) }
        for name in received where !known.contains(name) { try await files.thread.run { directory.remove(name) } }
        let outgoing = try await old(directory.outgoing, before: now - Self.outgoingGraceSeconds)
        let needed = try await database.run { try $0.media.needed(outgoing: outgoing) }
        for name in outgoing where !needed.contains(name) { try await files.thread.run { directory.removeOutgoing(name) } }
    }

    /// Names of plain files that were last changed before a moment; a few hundred at a time.
    private func old(_ directory: String, before seconds: Int64) async throws -> [String] {
        try await files.thread.run {
            guard let handle = opendir(directory) else { return [] }
            defer { closedir(handle) }
            var names: [String] = []
            while names.count < 500, let entry = readdir(handle) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)) }
                var about = stat()
                guard lstat(directory + "/" + name, &about) == 0, about.st_mode & S_IFMT == S_IFREG, Int64(about.st_mtim.tv_sec) < seconds else {
                    continue
                }
                names.append(name)
            }
            return names
        }
    }
}
