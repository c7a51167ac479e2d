import Model
import NIOPosix
import Testing

@testable import Daemon

struct PreviewTests {
    private func head(_ page: String, _ type: String? = "text/html") -> PageHead { PageHead(Array(page.utf8), contentType: type) }

    @Test func whatPagesSayOfThemselves() {
        let page = head(
            """
            <!DOCTYPE html><HTML><head prefix="x"><!-- <title>not</title> --><script>"<title>no</title>"</script>
            <meta charset=utf-8><TITLE>Plain &amp; simple</TITLE>
            <meta property="og:title" content="A &quot;title&quot; &#x1F600; &euro;&unknown;">
            <meta name='description' content='plain'><meta content="The   first\n of\tthem" property=og:description />
            <meta property="og:image" content="/a.jpg?x=1&amp;y=2"><meta property="og:title" content="second"></head>
            <body><meta property="twitter:image" content="no"></body>
            """)
        #expect(page.title == "A \"title\" 😀 €&unknown;")
        #expect(page.description == "The first of them")
        #expect(page.picture == "/a.jpg?x=1&y=2")
        #expect(head("<title>\n Only \u{202E}this</title>").title == "Only this")
        #expect(head("<title>Never ends").title == "Never ends")
        #expect(head("<p>No title").title == nil && head("").title == nil && head("<title> </title>").title == nil)
    }

    @Test func characterSets() {
        let latin = Array("<meta charset=\"ISO-8859-1\"><title>Caf".utf8) + [0xE9, 0x80] + Array("</title>".utf8)
        #expect(PageHead(latin, contentType: "text/html").title == "Café€")
        let served = Array("<title>Caf".utf8) + [0xE9] + Array("</title>".utf8)
        #expect(PageHead(served, contentType: "text/html; charset=windows-1252").title == "Café")
        #expect(PageHead(served, contentType: nil).title == "Caf\u{FFFD}")
    }

    @Test func longAndHostilePages() {
        #expect(head("<title>" + String(repeating: "ä", count: 100_000)).title?.unicodeScalars.count == PageHead.titleCharacters)
        for piece in ["<", "<!--", "<a ", "<meta x=\"", "<script>", "</", "<title", "<meta a=b c='d' ", "&#", "<a/ / /", "<\u{0}"] {
            _ = head(String(repeating: piece, count: 20_000))
        }
        let page = Array("<meta property=\"og:title\" content=\"x\"><title>t</title><meta name=description content=y>".utf8)
        for end in page.indices { _ = PageHead(Array(page[..<end]), contentType: nil) }
    }

    @Test(arguments: [
        ("See https://example.com/a?b=c#d.", "https://example.com/a?b=c#d"), ("(http://example.com)", "http://example.com"),
        ("HTTPS://Example.com/x!", "HTTPS://Example.com/x"), ("https://en.wikipedia.org/wiki/A_(b)", "https://en.wikipedia.org/wiki/A_(b)"),
        ("a\nhttps://münchen.de/ü\u{2028}b", "https://münchen.de/ü"), ("\"https://a.example/\"", "https://a.example/"),
        ("xhttp://a.example https://b.example", "https://b.example"), ("ftp://a.example http:// http://b.example", "http://b.example"),
        ("no link", nil), ("https://", nil), ("https://.", nil), ("://x", nil),
    ])
    func links(_ text: String, _ link: String?) { #expect(LinkPreview.link(in: text) == link) }

    @Test func aPreviewIsMade() async throws {
        let executor = LoopExecutor(MultiThreadedEventLoopGroup.singleton.next())
        let server = try await FetchServer.start { path in
            switch path {
            case "/page": FetchServer.ok("<title>Shop</title><meta name=description content='All you need'><meta property=og:image content=pic.jpg>")
            case "/text": FetchServer.ok("<title>Shop</title>", type: "text/plain")
            case "/pic.jpg": FetchServer.ok("no picture", type: "image/jpeg")
            default: nil
            }
        }
        let fetcher = Fetcher(on: executor, policy: AddressPolicy(.any), resolver: NameResolver())
        let directory = try TemporaryDirectory()
        let maker = PreviewMaker(fetcher: fetcher, thread: FileThread(), directory: MediaDirectory(directory.path))
        let base = "http://127.0.0.1:\(server.port)"
        #expect(await maker.preview(of: base + "/page") == LinkPreview(link: base + "/page", title: "Shop", description: "All you need"))
        #expect(await maker.preview(of: base + "/text") == nil)
        let start = ContinuousClock.now
        #expect(await maker.preview(of: base + "/silence") == nil)
        #expect(ContinuousClock.now - start < .seconds(10))
        await fetcher.stop()
        await server.stop()
    }
}
