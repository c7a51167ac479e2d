import ArgumentParser

/// `wa-sandbox phone …`: what the devices of an account share, and tokens.
extension PhoneCommand {
    struct Save: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Saves somebody in the phone's address book, or takes them out.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        @Argument(help: "Digits in international form.") var contact: String
        @Argument(help: "The name; without it the contact is taken out.") var name: String?

        func run() throws {
            let (_, json) = try options.client().post(
                "/phones/\(number)/contact", ControlBody.Contact(number: contact, name: name), as: ControlBody.Done.self)
            Output.show(json, options) { name == nil ? "taken out" : "saved" }
        }
    }

    struct Rename: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Changes the name that others see.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        @Argument var name: String

        func run() throws {
            let (_, json) = try options.client().post(
                "/phones/\(number)/rename", ControlBody.Rename(name: name), as: ControlBody.Done.self)
            Output.show(json, options) { "renamed" }
        }
    }

    struct RotateKey: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Writes settings with a new key that devices have to ask for.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        func run() throws { try order("rotate-key", number, options) }
    }

    struct Salt: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives the account a salt for tokens.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        func run() throws { try order("salt", number, options) }
    }

    struct Strangers: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Refuses messages from strangers without a token (463), or takes them again.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        @Flag(help: "Takes them again.") var allow = false

        func run() throws {
            let (_, json) = try options.client().post(
                "/phones/\(number)/strangers", ControlBody.Strangers(refused: !allow), as: ControlBody.Done.self)
            Output.show(json, options) { allow ? "takes all" : "refuses strangers" }
        }
    }

    struct Past: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Invents a past that the phone hands over to devices linked from now on.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        @Option(help: "Chats with people.") var people = 100
        @Option(help: "Chats of groups.") var groups = 10
        @Option(help: "Messages in all of them.") var messages = 1_000

        func run() throws {
            let past = InventedPast(people: people, groups: groups, messages: messages)
            let (_, json) = try options.client().post("/phones/\(number)/past", past, as: ControlBody.Done.self)
            Output.show(json, options) { "\(messages) messages in \(people + groups) chats" }
        }
    }

    private static func order(_ verb: String, _ number: String, _ options: ControlOptions) throws {
        let (_, json) = try options.client().post("/phones/\(number)/\(verb)", [String: String](), as: ControlBody.Done.self)
        Output.show(json, options) { verb }
    }
}
