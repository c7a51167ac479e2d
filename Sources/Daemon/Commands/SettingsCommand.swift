import ArgumentParser
import Model
import Store

struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "Settings that hold without a restart.", subcommands: [List.self, Set.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show all settings.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption

        func run() throws {
            let rows = try common.load().inDatabase { try $0.settings.list() }
            guard output.json else {
                return Table(columns: ["name", "value", "default", "meaning"]).show(
                    rows.map { [$0.name, $0.problem.map { "ignored: \($0)" } ?? $0.ownValue ?? "", $0.defaultValue, $0.description] })
            }
            print(
                CanonicalJSON.text(
                    .array(
                        rows.map { row in
                            .members([
                                "name": .string(row.name), "value": .string(row.value), "default": .string(row.defaultValue),
                                "problem": .text(row.problem),
                                "description": .string(row.description),
                            ])
                        })))
        }
    }

    struct Set: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change a setting; `default` as the value goes back to the default.")
        @OptionGroup var common: CommonOptions
        @Argument var name: String
        @Argument var value: String

        func run() throws {
            try common.load().inDatabase { database in
                guard try database.settings.find(name) != nil else {
                    throw ShellFailure.failed("no setting \(name); see `wa-connect settings list`")
                }
                if value != "default", let problem = SettingCheck.problem(of: value, for: name) {
                    throw ShellFailure.failed("`\(value)` is no value for \(name): \(problem)")
                }
                _ = try database.settings.set(name, to: value == "default" ? nil : value)
            }
        }
    }
}
