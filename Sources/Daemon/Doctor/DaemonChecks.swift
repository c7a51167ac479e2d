import Glibc
import Model
import Store

/// The daemon, who starts it again, and the responders it keeps.
enum DaemonChecks {
    /// How long a running daemon may take for an answer.
    private static let patience: Int32 = 2_000

    static func daemon(_ loaded: LoadedConfiguration) -> Finding {
        guard DaemonLock.isHeld(loaded.runDirectory) else {
            if (try? loaded.inDatabase { try $0.settings.value("daemon.mode") }) == "cron" {
                return .ok("daemon", "it does not run now: with daemon.mode = cron it comes with the cron job and leaves when all is done")
            }
            return .failed("daemon", "it does not run", cure: "wa-connect ensure; `wa-connect logs` says why it ended")
        }
        guard let call = DoorbellCall(loaded.runDirectory), call.send("ping"), let answer = call.receive(milliseconds: patience) else {
            return .failed("daemon", "it runs but does not answer", cure: "wa-connect restart; `wa-connect logs` for the reason")
        }
        return .ok("daemon", "it runs and answers (process \(answer.split(separator: " ").last ?? "?"))")
    }

    static func cron(_ loaded: LoadedConfiguration) -> Finding {
        let line = "*/5 * * * * \((try? ChildProcess.ownPath()) ?? "wa-connect") ensure >/dev/null 2>&1"
        guard let jobs = crontab() else {
            return .warning(
                "cron", "this account's cron jobs can not be read from here", cure: "in cPanel, Cron Jobs, see that there is: \(line)")
        }
        let found = jobs.split(separator: "\n").contains { !$0.hasPrefix("#") && $0.contains("wa-connect") && $0.contains(" ensure") }
        guard found else {
            return .warning("cron", "no cron job starts the daemon again when the host has ended it", cure: "add this cron job: \(line)")
        }
        return .ok("cron", "a cron job keeps the daemon running")
    }

    static func responder(_ loaded: LoadedConfiguration) -> Finding {
        guard loaded.configuration.apiWorkers > 0 else {
            return .ok("responder", "`api.workers = 0`: the web server starts the responder itself")
        }
        guard access(loaded.runDirectory.api, F_OK) == 0 else {
            return .warning(
                "responder", "\(loaded.runDirectory.api) is missing, so requests are served by mod_fcgid or CGI, or not at all",
                cure: "wa-connect restart; `wa-connect logs` for the reason")
        }
        guard LocalSocket.accepts(loaded.runDirectory.api) else {
            return .failed("responder", "nobody listens on \(loaded.runDirectory.api)", cure: "wa-connect restart")
        }
        return .ok("responder", "listens on \(loaded.runDirectory.api)")
    }

    /// nil where there is no such program or it refuses.
    private static func crontab() -> String? {
        guard let pipe = popen("crontab -l 2>/dev/null", "re") else { return nil }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, pipe)
        // crontab(1) fails where there is no table yet, too; an empty one then says the same.
        let status = pclose(pipe)
        return status == 0 || status >> 8 == 1 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }
}
