package import Model
import Store

/// What sessions need to move files: the hosts' client, the thread for files, and where they lie. One for the whole daemon.
package struct MediaFiles: Sendable {
    package let client: MediaClient
    package let thread: FileThread
    let directory: MediaDirectory
    let links: MediaLinks
    /// Reaches what strangers' addresses name.
    let fetcher: Fetcher
    let previews: PreviewMaker
    /// Fetches the file at an address (`http:`, `https:` or `data:`) into one below `media.dir/outgoing`, of at most `limit` bytes; gives its name.
    /// Throws ``FetchFailure``.
    var fetch: @Sendable (_ address: String, _ kind: MediaKind, _ limit: Int) async throws -> String
    /// Looks into a file below `media.dir/outgoing` and makes it what phones expect. Throws ``SendFailure``.
    var prepare: @Sendable (OutgoingMedia, _ file: String) async throws -> ReadyFile

    package init(_ configuration: Configuration, on executor: LoopExecutor) {
        client = MediaClient(on: executor, caFile: configuration.whatsApp.caFile)
        thread = FileThread()
        directory = MediaDirectory(configuration.mediaDirectory)
        links = MediaLinks(configuration)
        let policy = AddressPolicy(configuration.fetchMediaPrivate ? .any : .no)
        fetcher = Fetcher(on: executor, policy: policy, resolver: NameResolver())
        previews = PreviewMaker(fetcher: fetcher, thread: thread, directory: directory)
        let addresses = MediaFetch(fetcher: fetcher, thread: thread, directory: directory)
        fetch = { try await addresses.run($0, kind: $1, limit: $2) }
        let preparation = FilePreparation(directory: directory)
        prepare = { try await preparation.run($0, $1) }
    }
}
