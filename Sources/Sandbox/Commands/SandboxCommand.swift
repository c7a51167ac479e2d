import ArgumentParser
import CGlibcMore

/// `wa-sandbox`: the WhatsApp service and phones, simulated.
@main
struct SandboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wa-sandbox",
        abstract: "A simulated WhatsApp service with simulated phones, to build and test without a phone.",
        discussion: """
            Start it with `wa-sandbox serve`; it prints one line of JSON with the address, CA file and root key for the configuration of the \
            daemon. Then, in another terminal, `wa-sandbox phone add 96890000001` makes a phone, `phone scan` pairs it, `phone send` and \
            `phone messages` write and read.
            """,
        subcommands: [ServeCommand.self, PhoneCommand.self, GroupCommand.self, ClientsCommand.self, MediaCommand.self, JournalCommand.self])

    static func main() {
        // A static executable aborts when glibc loads a name service module of an older host, so only the built-in ones may answer.
        for (database, services) in [("passwd", "files"), ("group", "files"), ("hosts", "files dns"), ("services", "files")] {
            _ = __nss_configure_lookup(database, services)
        }
        main(nil)
    }
}
