import ArgumentParser
import Glibc
import Model

/// The program `wa-connect`.
struct WAConnect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wa-connect", abstract: "WhatsApp for your site: the daemon and its administration.",
        version: ProductVersion.current,
        subcommands: [
            DaemonCommand.self, EnsureCommand.self, StopCommand.self, RestartCommand.self, StatusCommand.self, MigrateCommand.self,
            KeysCommand.self, WebhooksCommand.self, SessionsCommand.self, SettingsCommand.self, LogsCommand.self, DoctorCommand.self,
            ContactsCommand.self, TablesCommand.self,
        ])

    /// Runs the command line and exits: 0 done, 1 failed, 2 wrong usage.
    static func start() -> Never {
        // A reader that goes away must not kill the daemon; writes report it.
        signal(SIGPIPE, SIG_IGN)
        // Where the host limits the size of files, a write fails; it does not end the program.
        signal(SIGXFSZ, SIG_IGN)
        do {
            var command = try parseAsRoot()
            try command.run()
            Glibc.exit(0)
        } catch let failure as ShellFailure {
            report(failure.description)
            if case .usage = failure { Glibc.exit(2) }
            Glibc.exit(1)
        } catch {
            let code = exitCode(for: error)
            if code == .success {
                print(fullMessage(for: error))
                Glibc.exit(0)
            }
            report(fullMessage(for: error))
            Glibc.exit(code == .validationFailure ? 2 : 1)
        }
    }

    private static func report(_ text: String) {
        let line = Array("\(text)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
    }
}
