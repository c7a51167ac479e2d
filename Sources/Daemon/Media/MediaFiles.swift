package import Model
import Store

/// What sessions need to move files: the hosts' client, the thread for files, and where they lie. One for the whole daemon.
package struct MediaFiles: Sendable {
    package let client: MediaClient
    package let thread: FileThread
    let directory: MediaDirectory
    let links: MediaLinks
    /// Fetches the file at an address (`http:`, `https:` or `data:`) into one below `media.dir/outgoing`, of at most `limit` bytes; gives its name.
    /// Throws ``SendFailure``.
    var fetch: @Sendable (_ address: String, _ kind: MediaKind, _ limit: Int) async throws -> String
    /// Looks into a file below `media.dir/outgoing` and makes it what phones expect. Throws ``SendFailure``.
    var prepare: @Sendable (OutgoingMedia, _ file: String) async throws -> ReadyFile

    package init(_ configuration: Configuration, on executor: LoopExecutor) {
        client = MediaClient(on: executor, caFile: configuration.whatsApp.caFile)
        thread = FileThread()
        directory = MediaDirectory(configuration.mediaDirectory)
        links = MediaLinks(configuration)
        fetch = { _, _, _ in throw SendFailure.media("url_unsupported", "This version does not fetch files from addresses; send the file itself") }
        let preparation = FilePreparation(directory: directory)
        prepare = { try await preparation.run($0, $1) }
    }
}
