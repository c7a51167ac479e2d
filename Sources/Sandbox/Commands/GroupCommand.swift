import ArgumentParser

/// `wa-sandbox group …`: what people do with groups on their phones. `phone send`, `messages` and `read` take a group's address too.
struct GroupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "group", abstract: "Makes groups and changes them.",
        subcommands: [Create.self, List.self, Add.self, Remove.self, Leave.self, Subject.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a group; prints its address.")
        @OptionGroup var options: ControlOptions
        @Argument(help: "The phone that makes it.") var number: String
        @Argument var subject: String
        @Argument(help: "Numbers of the other members.") var members: [String] = []

        func run() throws {
            let (group, json) = try options.client().post(
                "/groups", GroupRoutes.New(by: number, subject: subject, members: members), as: GroupRoutes.State.self)
            Output.show(json, options) { group.jid }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows all groups with their members.")
        @OptionGroup var options: ControlOptions

        func run() throws {
            let (answer, json) = try options.client().get("/groups", as: GroupRoutes.Groups.self)
            Output.show(json, options) { answer.groups.map(GroupCommand.describe).joined(separator: "\n") }
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds members.")
        @OptionGroup var options: ControlOptions
        @Argument(help: "The admin's phone.") var number: String
        @Argument(help: "The group's address.") var group: String
        @Argument var members: [String]
        func run() throws { try GroupCommand.change(options, group, "add", GroupRoutes.Change(by: number, members: members)) }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Removes members.")
        @OptionGroup var options: ControlOptions
        @Argument(help: "The admin's phone.") var number: String
        @Argument(help: "The group's address.") var group: String
        @Argument var members: [String]
        @Flag(help: "No client is told, as if the notification had been lost.") var quiet = false
        func run() throws {
            try GroupCommand.change(options, group, "remove", GroupRoutes.Change(by: number, members: members, quiet: quiet))
        }
    }

    struct Leave: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Leaves a group.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        @Argument(help: "The group's address.") var group: String
        func run() throws { try GroupCommand.change(options, group, "leave", GroupRoutes.Change(by: number)) }
    }

    struct Subject: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives a group another name.")
        @OptionGroup var options: ControlOptions
        @Argument var number: String
        @Argument(help: "The group's address.") var group: String
        @Argument var subject: String
        func run() throws { try GroupCommand.change(options, group, "subject", GroupRoutes.Change(by: number, subject: subject)) }
    }

    private static func change(_ options: ControlOptions, _ group: String, _ verb: String, _ body: GroupRoutes.Change) throws {
        let (state, json) = try options.client().post("/groups/\(group)/\(verb)", body, as: GroupRoutes.State.self)
        Output.show(json, options) { describe(state) }
    }

    private static func describe(_ group: GroupRoutes.State) -> String {
        let members = group.members.map { $0.role == "member" ? $0.number : "\($0.number) (\($0.role))" }
        return "\(group.jid)  \(group.subject)  \(members.joined(separator: ", "))"
    }
}
