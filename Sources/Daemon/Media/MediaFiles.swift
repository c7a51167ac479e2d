package import Model
import Store

/// What sessions need to move files: the hosts' client, the thread for files, and where they lie. One for the whole daemon.
package struct MediaFiles: Sendable {
    package let client: MediaClient
    package let thread: FileThread
    let directory: MediaDirectory
    let links: MediaLinks
    /// Fetches what is to be sent, an address with its kind and limit, into a file below `media.dir/outgoing`; gives its name.
    var fetch: @Sendable (_ address: String, _ kind: MediaKind, _ limit: Int) async throws -> String
    /// Looks into a file below `media.dir/outgoing` and makes it what phones expect.
    var prepare: @Sendable (OutgoingMedia, _ file: String) async throws -> ReadyFile

    package init(_ configuration: Configuration, on executor: LoopExecutor) {
        client = MediaClient(on: executor, caFile: configuration.whatsApp.caFile)
        thread = FileThread()
        directory = MediaDirectory(configuration.mediaDirectory)
        links = MediaLinks(configuration)
        fetch = { _, _, _ in throw SendFailure.invalid("kind: this version does not send files") }
        prepare = { _, _ in throw SendFailure.invalid("kind: this version does not send files") }
    }
}
