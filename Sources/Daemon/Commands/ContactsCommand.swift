import ArgumentParser
import Model
import Store

struct ContactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contacts", abstract: "The people of the log.", subcommands: [Forget.self])

    struct Forget: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete everything about one person: contact, messages, events, encryption. An opt-out of theirs stays.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Phone number with country code, or a JID ending in @s.whatsapp.net or @lid.") var number: String
        @Option(help: "Only in this session; otherwise in all.") var session: String?

        func run() throws {
            let jid: JID
            do {
                jid = try Recipient.jid(of: .string(number), field: "NUMBER")
            } catch {
                throw ShellFailure.usage(error.description)
            }
            guard jid.isPerson else { throw ShellFailure.usage("\(number) is no person; expected a phone number") }
            let found = try common.load().inDatabase { database in
                let sessions = try session.map { [try SessionName($0).id(in: database)] } ?? database.sessions.list().map(\.id)
                return try sessions.count { try database.contacts.forget(ContactAddress(jid), session: $0) }
            }
            guard found > 0 else { throw ShellFailure.failed("nothing is known of \(number)") }
            print("forgot \(number)")
        }
    }
}
