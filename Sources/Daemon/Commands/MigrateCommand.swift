import ArgumentParser
import Store

struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "migrate", abstract: "Create or upgrade the tables.")
    @OptionGroup var common: CommonOptions
    @Flag(help: "Only say what would be done.") var dryRun = false

    func run() throws {
        let loaded = try common.load()
        let database = try loaded.database()
        let steps: [Migration]
        do {
            if try database.migrations.status().isNewer {
                throw ShellFailure.failed("the tables were made by a newer wa-connect; install that version")
            }
            steps = try database.migrations.migrate(dryRun: dryRun)
        } catch StoreError.lockTimeout {
            throw ShellFailure.failed("another process is migrating; try again in a minute")
        } catch let error as StoreError {
            throw ShellFailure.failed("the migration failed: \(error). It can be repeated as soon as the cause is mended")
        }
        if steps.isEmpty { return print("the tables are up to date") }
        for step in steps { print("\(dryRun ? "would apply" : "applied") \(step.version) \(step.name)") }
    }
}
