import Glibc
import Model
import Store

/// Connects a session and shows its QR until it is scanned.
struct TerminalPairing {
    /// Without any change for this long the daemon has given up or hangs.
    static let patience: Int32 = 90_000
    private let loaded: LoadedConfiguration
    private let database: Database
    private let name: String
    /// Whose owner types a code instead of scanning.
    private let phone: PhoneNumber?

    init(_ loaded: LoadedConfiguration, database: Database, name: String, phone: PhoneNumber? = nil) {
        self.phone = phone
        self.loaded = loaded
        self.database = database
        self.name = name
    }

    func run() throws {
        let id = try SessionName(name).id(in: database)
        guard let watch = DoorbellCall(loaded.runDirectory), let ring = DoorbellCall(loaded.runDirectory) else {
            throw ShellFailure.failed("the daemon is stopped; start it with `wa-connect ensure`")
        }
        // Watching begins before the wish, so that no change is missed; the first `changed` comes at once.
        guard watch.send("watch \(id)"), watch.receive(milliseconds: Self.patience) != nil else { throw gone }
        try database.sessions.setWanted(.connected, id: id, pairingPhone: phone?.digits)
        guard ring.send("session \(id)") else { throw gone }
        var shown: String?
        var hasToldTrouble = false
        var row = try SessionName(name).row(in: database)
        // What the row said before the wish is old, unless it is what is wanted already.
        if row.status == .disconnected { row = try changed(watch) }
        while true {
            switch row.status {
            case .connected: return print("connected as \(row.phoneNumber ?? "?")\(row.pushName.map { " (\($0))" } ?? "")")
            case .disconnected:
                throw ShellFailure.failed("not connected: \(row.reason?.rawValue ?? "unknown reason"); see `wa-connect logs`")
            case .qrReady where phone == nil && row.qr != nil && row.qr != shown:
                shown = row.qr
                draw(row.qr ?? "")
            case .pairingCode where row.pairingCode != nil && row.pairingCode != shown:
                shown = row.pairingCode
                print("WhatsApp on the phone, Linked devices, Link a device, Link with phone number; then type: \(row.pairingCode ?? "")")
                fflush(nil)
            case .connecting where row.reason == .connectionLost && !hasToldTrouble:
                hasToldTrouble = true
                print("WhatsApp can not be reached (see `wa-connect logs`); trying again, Ctrl-C ends this …")
                fflush(nil)
            case .connecting, .qrReady, .pairingCode: break
            }
            row = try changed(watch)
        }
    }

    private func changed(_ watch: DoorbellCall) throws -> SessionRow {
        guard watch.receive(milliseconds: Self.patience) != nil else { throw gone }
        return try SessionName(name).row(in: database)
    }

    private var gone: ShellFailure { .failed("the daemon does not answer; see `wa-connect status` and `wa-connect logs`") }

    private func draw(_ text: String) {
        guard let symbol = TerminalQR(text) else { return print(text) }
        // On a terminal a fresh QR takes the place of the old one.
        if isatty(STDOUT_FILENO) == 1 { print("\u{1B}[2J\u{1B}[H", terminator: "") }
        print("Open WhatsApp on the phone, Linked devices, Link a device, and scan:\n")
        for line in symbol.lines { print(line) }
        fflush(nil)
    }
}
