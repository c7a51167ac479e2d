import AsyncHTTPClient
import Glibc
import Media
import Model
import NIOCore
import NIOHTTP1

/// Makes the preview of a text's link: the page's beginning, and its picture made small. Takes ``seconds`` at most; whatever goes wrong, there is none.
package actor PreviewMaker {
    /// For everything.
    private static let seconds: Int64 = 4
    /// For the page alone, so that a late one leaves no picture's wait behind it.
    private static let pageSeconds: Int64 = 3
    private static let pageBytes = 512 << 10
    private static let pictureBytes = 3 << 20
    /// Previews in the making; further texts wait at the outbox.
    static let places = 4
    /// A bulk names the same page again and again.
    private static let lifetime = TimeAmount.minutes(10)
    private static let rememberedLinks = 64
    /// Bytes of a picture that phones are sent; more are refused by some.
    private static let thumbnailBytes = 32 << 10

    private let fetcher: Fetcher
    private let thread: FileThread
    private let directory: MediaDirectory
    /// Also that there is none.
    private var remembered: [String: (preview: LinkPreview?, until: NIODeadline)] = [:]

    package nonisolated var unownedExecutor: UnownedSerialExecutor { fetcher.executor.asUnownedSerialExecutor() }

    init(fetcher: Fetcher, thread: FileThread, directory: MediaDirectory) {
        self.fetcher = fetcher
        self.thread = thread
        self.directory = directory
    }

    func remembers(_ link: String) -> Bool { remembered[link].map { $0.until > .now() } ?? false }

    func preview(of link: String) async -> LinkPreview? {
        if let known = remembered[link], known.until > .now() { return known.preview }
        let made = await make(link, by: .now() + .seconds(Self.seconds))
        if remembered.count >= Self.rememberedLinks { remembered.removeAll() }
        remembered[link] = (made, .now() + Self.lifetime)
        return made
    }

    private func make(_ link: String, by deadline: NIODeadline) async -> LinkPreview? {
        let page = FetchedBytes(on: fetcher.executor)
        var limits = FetchLimits(bytes: Self.pageBytes, takesBeginning: true, connect: Self.pageSeconds, idle: Self.pageSeconds, total: Self.pageSeconds)
        guard let answer = try? await fetcher.fetch(link, limits, into: page), Self.isPage(answer.contentType) else { return nil }
        let head = PageHead(await page.bytes, contentType: answer.contentType)
        guard let title = head.title else { return nil }
        var preview = LinkPreview(link: link, title: title, description: head.description)
        let left = (deadline - .now()).nanoseconds / 1_000_000_000
        guard let picture = head.picture, left > 0, let address = try? WebAddress(answer.address, headers: [:]).redirected(to: picture) else {
            return preview
        }
        limits = FetchLimits(bytes: Self.pictureBytes, redirects: 3, connect: left, idle: left, total: left)
        preview.thumbnail = await thumbnail(address, limits)
        return preview
    }

    private static func isPage(_ type: String?) -> Bool {
        let essence = type?.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        return essence == "text/html" || essence == "application/xhtml+xml"
    }

    private func thumbnail(_ address: String, _ limits: FetchLimits) async -> [UInt8]? {
        let path = directory.freshIncoming()
        defer { unlink(path) }
        do {
            try await thread.run { [directory] in try directory.make() }
            let file = try await FetchedFile(path, on: thread)
            _ = try await fetcher.fetch(address, limits, into: file)
            // As of a document: nothing but the small picture is made.
            let made = try await thread.run { [directory] in
                try MediaPreparation.prepare(path: path, as: .document, scratch: directory.incoming).thumbnail
            }
            return made.flatMap { $0.count <= Self.thumbnailBytes ? $0 : nil }
        } catch { return nil }
    }
}
