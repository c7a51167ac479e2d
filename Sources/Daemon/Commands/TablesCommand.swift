import ArgumentParser
import Store

struct TablesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tables", abstract: "The tables themselves.", subcommands: [Drop.self])

    struct Drop: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete all tables of WA-Connect with everything in them.")
        @OptionGroup var common: CommonOptions
        @Flag(help: "Needed: it can not be undone.") var yes = false

        func run() throws {
            guard yes else {
                throw ShellFailure.usage("this deletes all messages, contacts, keys and the link to the phone; say so with --yes")
            }
            let loaded = try common.load()
            guard !DaemonLock.isHeld(loaded.runDirectory) else {
                throw ShellFailure.failed("the daemon runs on these tables; end it with `wa-connect stop` first")
            }
            let names = try loaded.inDatabase { try $0.migrations.dropAll() }
            print("deleted \(names.count) tables")
        }
    }
}
