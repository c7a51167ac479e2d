import Logging
import Model
import Store
import WhatsApp

/// The version of the web client that we say to be.
extension Session {
    private static let setting = "whatsapp.version"

    /// The setting's version, where there is a good one, else the built-in.
    func loadVersion() async throws {
        let text = try await environment.database.run { try $0.settings.value(Self.setting) } ?? ""
        version = ClientVersion(parsing: text) ?? .builtIn
    }

    /// The service has refused our version as outdated: its page tells the current one, which is kept.
    func refreshVersion() async {
        let lookup = VersionLookup(settings: environment.configuration.whatsApp, loop: environment.executor.loop)
        guard let found = await lookup.currentVersion(), found.tertiary > version.tertiary else {
            return logger.error("this version of the client is outdated, and no newer one could be looked up")
        }
        logger.notice("the client's version is now \(found)")
        do { try await environment.database.run { _ = try $0.settings.set(Self.setting, to: found.description) } } catch {
            logger.error("the new version can not be stored: \(error)")
        }
    }
}
