import CGlibcMore
import Glibc

/// Starts programs that outlive the daemon: in a session of their own, with a clean signal mask and no descriptors of ours.
package enum ChildProcess {
    /// - Parameters:
    ///   - arguments: program path first.
    ///   - input: path of a file that it reads, nil for none.
    ///   - ready: a descriptor that the child gets as number 3, nil for none.
    /// - Returns: the process id.
    /// - Throws: ``ShellFailure``.
    package static func start(_ arguments: [String], input: String? = nil, ready: Int32? = nil) throws(ShellFailure) -> Int32 {
        guard let program = arguments.first else { throw .failed("no program to start") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input ?? "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        if let ready { posix_spawn_file_actions_adddup2(&actions, ready, 3) }
        posix_spawn_file_actions_addclosefrom_np(&actions, ready == nil ? 3 : 4)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | 0x80)
        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in argv { free(word) } }
        var pid: Int32 = 0
        let code = posix_spawn(&pid, program, &actions, &attributes, &argv, environ)
        guard code == 0 else { throw .failed("can not start \(program): \(ShellFailure.systemError(code))") }
        return pid
    }

    /// The path of this very program, for starting it again and for finding its neighbours.
    package static func ownPath() throws(ShellFailure) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { $0.withMemoryRebound(to: CChar.self) { text in text.baseAddress.map { readlink("/proc/self/exe", $0, text.count) } ?? -1 } }
        guard count > 0 else { throw .failed("can not read /proc/self/exe; is /proc mounted?") }
        return String(decoding: buffer.prefix(count), as: UTF8.self)
    }

    /// The words of a running process's command line, empty where there is no such process.
    package static func commandLine(of pid: Int32) -> [String] {
        guard let file = fopen("/proc/\(pid)/cmdline", "re") else { return [] }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = fread(&buffer, 1, buffer.count, file)
        return buffer.prefix(count).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
}
