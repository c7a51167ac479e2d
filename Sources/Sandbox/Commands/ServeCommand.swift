import ArgumentParser
import FoundationEssentials
import Glibc
import Model
import NIOCore
import NIOPosix

/// `wa-sandbox serve`: runs until SIGTERM or SIGINT.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the service; prints one JSON line with its endpoints when it is ready.")

    @Option(help: "Where certificates, keys, phones and linked devices are kept; without it nothing outlives the process.")
    var dir: String?
    @Option(help: "Port of the service on 127.0.0.1; 0 takes a free one.")
    var port = 0
    @Option(help: "Port of the control interface on 127.0.0.1; 0 takes a free one.")
    var controlPort = 0
    @Option(help: "Port of the media hosts on 127.0.0.1; 0 takes a free one.")
    var mediaPort = 0
    @Option(help: "Clients of an older revision are refused as outdated.")
    var oldestRevision = ServiceSettings().oldestRevision
    @Flag(help: "Cuts frames at random places into WebSocket messages, as the real service may (whatsmeow does not cope with it).")
    var splitFrames = false
    @Flag(help: "Writes the journal to standard error as it grows.")
    var verbose = false

    /// What the ready line says.
    private struct Ready: Encodable {
        let url, ca_file, root_key, control: String
    }

    func validate() throws {
        guard (0...65_535).contains(port), (0...65_535).contains(controlPort), (0...65_535).contains(mediaPort) else { throw ValidationError("a port is 0 to 65535") }
    }

    func run() throws {
        let signals = SignalWait()
        let directory = try dir.map { try SandboxDirectory(path: $0) } ?? SandboxDirectory.temporary()
        try directory.prepareCertificates()
        var rng = Randomness.system
        let identity = try ServiceIdentity(rootKey: try directory.rootKey(), now: SandboxHost.now, using: &rng)
        var settings = ServiceSettings()
        settings.oldestRevision = oldestRevision
        var service = Service(identity: identity, settings: settings, rng: rng, now: SandboxHost.now)
        if verbose {
            service.journal.echo = { line in StandardError.write("\(line.time) \(line.kind.rawValue) \(line.who) \(line.text)\n") }
        }
        var restored = World(service: service, vault: MediaVault("\(directory.path)/media"))
        if let state = try directory.state() { restored.restore(state) }
        let world = restored
        // One loop: the simulation is confined to it.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let splits = splitFrames
        let host = try loop.submit { NIOLoopBound(SandboxHost(loop: loop, world: world, splitsFrames: splits), eventLoop: loop) }.wait()
        if dir != nil { try loop.submit { host.value.keep = { Self.save($0, in: directory) } }.wait() }
        let channel = try ServiceListener.bind(host: host, group: group, port: port, certificates: directory)
        let media = try MediaListener.bind(host: host, group: group, port: mediaPort, certificates: directory)
        let mediaNames = MediaListener.names(port: media.localAddress?.port ?? 0)
        try loop.submit { host.value.serveMedia(mediaNames) }.wait()
        let control = try ControlListener.bind(host: host, group: group, port: controlPort)
        loop.scheduleRepeatedTask(initialDelay: SandboxHost.tickInterval, delay: SandboxHost.tickInterval) { _ in host.value.tick() }
        try announce(channel: channel, control: control, directory: directory, rootKey: identity.rootKeyHex)
        signals.wait()
        try loop.submit { host.value.save() }.wait()
        try group.syncShutdownGracefully()
    }

    private static func save(_ state: WorldState, in directory: SandboxDirectory) {
        do { try directory.save(state) } catch { StandardError.write("wa-sandbox: the state is not kept: \(error)\n") }
    }

    private func announce(channel: any Channel, control: any Channel, directory: SandboxDirectory, rootKey: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let ready = Ready(
            url: "wss://localhost:\(channel.localAddress?.port ?? 0)\(ServiceListener.path)", ca_file: directory.authorityFile,
            root_key: rootKey,
            control: "http://127.0.0.1:\(control.localAddress?.port ?? 0)")
        // Not print: a line to a pipe must not wait in a buffer.
        let line = Array(try encoder.encode(ready)) + [0x0A]
        guard Glibc.write(STDOUT_FILENO, line, line.count) == line.count else { throw ExitCode.failure }
    }
}

/// Waits for SIGTERM or SIGINT; made before any thread, so that all of them leave the signals to it.
private struct SignalWait {
    private var set = sigset_t()

    init() {
        signal(SIGPIPE, SIG_IGN)
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    func wait() {
        var set = set
        var received: Int32 = 0
        sigwait(&set, &received)
    }
}

/// Unbuffered lines for people.
enum StandardError {
    static func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}
