import Glibc
import Model

/// Files, disk and the account's limits.
enum FileChecks {
    /// Bytes below which the disk counts as nearly full.
    private static let littleSpace: UInt64 = 100 << 20
    /// Threads of the daemon and its responders, with room for the site's own PHP.
    private static let fewProcesses: UInt64 = 25
    /// Bytes of address space that the daemon stays below.
    private static let addressSpace: UInt64 = 512 << 20

    static func files(_ loaded: LoadedConfiguration) -> Finding {
        var info = stat()
        guard stat(loaded.path, &info) == 0 else {
            return .failed("files", "can not look at \(loaded.path): \(ShellFailure.systemError())", cure: "check its owner")
        }
        guard info.st_mode & 0o077 == 0 else {
            return .failed("files", "others may read \(loaded.path), which holds the database password", cure: "chmod 600 \(loaded.path)")
        }
        for directory in directories(of: loaded) where access(directory, F_OK) == 0 && access(directory, W_OK | X_OK) != 0 {
            return .failed("files", "can not write in \(directory)", cure: "chown and chmod it so that this user may write there")
        }
        return .ok("files", "\(loaded.path) is private, and its directories can be written")
    }

    static func space(_ loaded: LoadedConfiguration) -> Finding {
        var info = statvfs()
        guard statvfs(loaded.path, &info) == 0 else { return .ok("space", "the free space is not told here") }
        let free = UInt64(info.f_bavail).multipliedReportingOverflow(by: UInt64(info.f_frsize))
        let bytes = free.overflow ? .max : free.partialValue
        guard bytes >= littleSpace else {
            return .failed(
                "space", "only \(bytes >> 20) MB are free",
                cure: "delete what is not needed; `media.retention_days` and `messages.retention_days` make WA-Connect need less")
        }
        // A quota is not seen in what the file system has free.
        guard DiskRoom.isThere(in: loaded.configuration.mediaDirectory) != false else {
            return .failed(
                "space", "less than \(DiskRoom.wanted >> 20) MB can be written in \(loaded.configuration.mediaDirectory), whatever is free: the account's quota is used up",
                cure: "delete what is not needed, or ask the host for more; `media.disk_bytes` makes WA-Connect need less")
        }
        return .ok("space", "\(bytes >> 20) MB are free")
    }

    static func limits(_ loaded: LoadedConfiguration) -> Finding {
        if let processes = limit(__RLIMIT_NPROC), processes < fewProcesses {
            return .warning(
                "limits", "the host allows this account \(processes) processes and threads",
                cure: "set `api.workers = 1` in \(loaded.path), and ask the host for more")
        }
        if let space = limit(RLIMIT_AS), space < addressSpace {
            return .warning("limits", "the host allows \(space >> 20) MB of address space", cure: "ask the host for 512 MB or more")
        }
        return .ok(
            "limits",
            "processes: \(limit(__RLIMIT_NPROC).map(String.init) ?? "no limit"), address space: \(limit(RLIMIT_AS).map { "\($0 >> 20) MB" } ?? "no limit")"
        )
    }

    private static func directories(of loaded: LoadedConfiguration) -> [String] {
        let log = loaded.configuration.log.file.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        return [loaded.configuration.runDirectory, log, loaded.configuration.mediaDirectory]
    }

    /// The soft limit of a resource (getrlimit(2)), nil where there is none.
    private static func limit(_ resource: __rlimit_resource) -> UInt64? {
        var value = rlimit()
        guard getrlimit(__rlimit_resource_t(resource.rawValue), &value) == 0, value.rlim_cur != UInt.max else { return nil }
        return UInt64(value.rlim_cur)
    }
}
