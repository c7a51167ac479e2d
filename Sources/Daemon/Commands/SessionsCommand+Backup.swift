import ArgumentParser
import Glibc
import Model
import Store

extension SessionsCommand {
    struct Backup: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the link to a phone into a file. It opens with the same secret.key only. The daemon may run.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "File that is written.") var file: String
        @Option(help: "Session.") var session = "default"

        func run() throws {
            let loaded = try common.load()
            let rows = try loaded.inDatabase { database in
                let row = try SessionName(session).row(in: database)
                guard row.jid != nil else { throw ShellFailure.failed("the session \(session) is not linked to a phone") }
                let part = file + ".part"
                unlink(part)
                guard let written = fopen(part, "wxe") else { throw ShellFailure.failed("can not write \(part): \(ShellFailure.systemError())") }
                chmod(part, 0o600)
                var isOpen = true
                defer { if isOpen { fclose(written) } }
                let rows = try SessionBackup(database).write(session: row, now: SystemClock.now()) { line in
                    let bytes = Array((line + "\n").utf8)
                    guard fwrite(bytes, 1, bytes.count, written) == bytes.count else {
                        throw ShellFailure.failed("can not write \(part): \(ShellFailure.systemError())")
                    }
                }
                isOpen = false
                let isWhole = fflush(written) == 0 && fsync(fileno(written)) == 0
                guard fclose(written) == 0, isWhole, rename(part, file) == 0 else {
                    throw ShellFailure.failed("can not write \(file): \(ShellFailure.systemError())")
                }
                return rows
            }
            print("\(file): \(rows) rows. Keep it with the configuration: without its secret.key it is of no use.")
        }
    }

    struct Restore: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put the link to a phone back from a file of `sessions backup`. The daemon must be stopped.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "File that is read.") var file: String
        @Flag(help: "Also where the session is linked now: that link is lost.") var yes = false
        /// The longest line is the encryption state with one device.
        private static let longestLine = 1 << 24

        func run() throws {
            let loaded = try common.load()
            guard !DaemonLock.isHeld(loaded.runDirectory) else {
                throw ShellFailure.failed("the daemon works with this link; end it with `wa-connect stop` first")
            }
            guard let read = fopen(file, "re") else { throw ShellFailure.failed("can not read \(file): \(ShellFailure.systemError())") }
            defer { fclose(read) }
            do {
                let name = try loaded.inDatabase { database in
                    try SessionBackup(database).restore(replacing: yes, now: SystemClock.now()) { try Self.line(of: read) }
                }
                print("the link of the session \(name) is back; `wa-connect ensure`, then `wa-connect sessions connect \(name)`")
            } catch let error as BackupError {
                throw ShellFailure.failed("\(file): \(error). Nothing was changed")
            }
        }

        private static func line(of file: UnsafeMutablePointer<FILE>) throws -> String? {
            var buffer: UnsafeMutablePointer<CChar>?
            var capacity = 0
            defer { free(buffer) }
            let count = getline(&buffer, &capacity, file)
            guard count > 0, let buffer else { return nil }
            guard count <= longestLine else { throw ShellFailure.failed("a line is longer than any of a backup. Nothing was changed") }
            let bytes = UnsafeRawBufferPointer(start: buffer, count: count)
            return String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes[...], as: UTF8.self)
        }
    }
}
