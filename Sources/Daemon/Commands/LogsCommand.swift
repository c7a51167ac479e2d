import ArgumentParser
import Glibc
import Model

struct LogsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "logs", abstract: "Show the last lines of the daemon's log.")
    @OptionGroup var common: CommonOptions
    @Option(name: .shortAndLong, help: "How many lines.") var lines = 50

    /// Bytes from the end of the file that are looked at.
    private static let window = 1 << 18

    func run() throws {
        let path = try common.load().configuration.log.file
        guard let file = fopen(path, "re") else {
            throw ShellFailure.failed("can not read \(path): \(ShellFailure.systemError()). Has the daemon ever run?")
        }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        let size = ftell(file)
        fseek(file, max(0, size - Self.window), SEEK_SET)
        var bytes = [UInt8](repeating: 0, count: Self.window)
        let count = fread(&bytes, 1, bytes.count, file)
        let all = bytes.prefix(count).split(separator: 0x0A, omittingEmptySubsequences: true)
        for line in all.suffix(max(0, lines)) { print(String(decoding: line, as: UTF8.self)) }
    }
}
