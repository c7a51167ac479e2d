import ArgumentParser
import Model
import Store

struct SessionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions", abstract: "WhatsApp numbers.",
        subcommands: [List.self, Add.self, Connect.self, Page.self, Disconnect.self, Logout.self, Backup.self, Restore.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show all sessions; the same as `wa-connect status`.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        func run() throws {
            try SessionReport(common.load()).show(json: output.json)
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a session for another number.")
        @OptionGroup var common: CommonOptions
        @Argument var name: String

        func run() throws {
            guard !name.isEmpty, name.utf8.count <= 64 else { throw ShellFailure.usage("a name has 1 to 64 characters") }
            do {
                try common.load().inDatabase { database in
                    guard try database.sessions.find(name: name) == nil else {
                        throw ShellFailure.failed("there is a session \(name) already")
                    }
                    _ = try database.sessions.add(name: name)
                }
            }
        }
    }

    struct Connect: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Connect; draws the QR to scan until a phone has scanned it.")
        @OptionGroup var common: CommonOptions
        @Argument var name = "default"
        @Option(help: "The account's number: shows a code to type into the phone instead of a QR.") var phone: String?

        func run() throws {
            let loaded = try common.load()
            let number = try phone.map { text in
                do { return try PhoneNumber(parsing: text) } catch {
                    throw ShellFailure.usage("--phone is the account's number with country code, 7 to 15 digits")
                }
            }
            try loaded.inDatabase { try TerminalPairing(loaded, database: $0, name: name, phone: number).run() }
        }
    }

    struct Page: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the address of a page that shows the QR, for a browser. It can be opened once, within 30 minutes.")
        @OptionGroup var common: CommonOptions
        @Argument var name = "default"

        func run() throws {
            let loaded = try common.load()
            guard let base = loaded.configuration.publicBaseURL else {
                throw ShellFailure.failed("`public.base_url` is not set; add public.base_url = https://your-domain.com to \(loaded.path)")
            }
            var random = SystemRandomNumberGenerator()
            let key = NewKey(using: &random)
            try loaded.inDatabase { database in
                try database.apiKeys.insertForPage(hash: key.hash, session: SessionName(name).id(in: database), now: SystemClock.now())
            }
            // Behind the `#` it reaches neither the server's log nor anybody in between.
            print(PublicAddress(base: base).of("page") + "#" + key.text)
        }
    }

    struct Disconnect: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Disconnect and stay linked.")
        @OptionGroup var common: CommonOptions
        @Argument var name = "default"

        func run() throws { try SessionWishing(common.load(), name: name).make(.disconnected) }
    }

    struct Logout: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Unlink from the phone and clear the keys.")
        @OptionGroup var common: CommonOptions
        @Argument var name = "default"

        func run() throws { try SessionWishing(common.load(), name: name).make(.loggedOut) }
    }
}
