import Glibc
import Model
import NIOPosix
import Testing

@testable import Daemon

struct FetcherTests {
    private let executor = LoopExecutor(MultiThreadedEventLoopGroup.singleton.next())

    private func fetcher(_ policy: PrivateFetch = .any) -> Fetcher {
        Fetcher(on: executor, policy: AddressPolicy(policy), resolver: NameResolver())
    }

    private func fetch(_ address: String, _ limits: FetchLimits = FetchLimits(bytes: 1_000, connect: 5, idle: 5, total: 8), _ policy: PrivateFetch = .any) async
        -> Result<(text: String, head: FetchExchange.Head), FetchFailure>
    {
        let fetcher = fetcher(policy)
        let bytes = FetchedBytes(on: executor)
        let result: Result<FetchExchange.Head, FetchFailure>
        do throws(FetchFailure) { result = .success(try await fetcher.fetch(address, limits, into: bytes)) } catch { result = .failure(error) }
        await fetcher.stop()
        let text = String(decoding: await bytes.bytes, as: UTF8.self)
        return result.map { (text, $0) }
    }

    private func failure(_ address: String, _ limits: FetchLimits? = nil, _ policy: PrivateFetch = .any) async -> FetchFailure? {
        let limits = limits ?? FetchLimits(bytes: 1_000, connect: 5, idle: 5, total: 8)
        if case .failure(let failure) = await fetch(address, limits, policy) { return failure }
        return nil
    }

    @Test func aFileComesAsItIs() async throws {
        let server = try await FetchServer.start { _ in FetchServer.ok("hello", type: "text/plain") }
        let fetched = try await fetch("http://127.0.0.1:\(server.port)/a%20b?c#d").get()
        #expect(fetched.text == "hello" && fetched.head.length == 5 && fetched.head.contentType == "text/plain")
        #expect(await server.requests.next() == "GET /a%20b?c HTTP/1.1")
        await server.stop()
    }

    @Test(arguments: ["", "ftp://example.com/", "file:///etc/passwd", "http://", "http:///x", "gopher://a/", "unix:/x", "http+unix://%2Ftmp/x", "//a/b", "nonsense",
        "http://127.0.0.1:65536/", "http://[::1]:99999999999/", "https://example.com:70000/"])
    func onlyTheWeb(_ address: String) async { #expect(await failure(address) == .invalid) }

    @Test func credentialsAreNotSent() async {
        #expect(await failure("http://user:secret@127.0.0.1/") == .credentials)
        #expect(await failure("https://user@127.0.0.1/") == .credentials)
    }

    @Test(arguments: [22, 25, 110, 1, 1_023, 6_667, 2_049])
    func onlyPortsOfTheWeb(_ port: Int) async { #expect(await failure("http://127.0.0.1:\(port)/") == .port(port)) }

    /// Whatever the spelling: what counts is the address that would be connected to.
    @Test(arguments: [
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://10.0.0.1/",
        "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://[fd00:ec2::254]/",
        "http://0.0.0.0/", "http://[::]/", "http://224.0.0.1/", "http://100.64.0.1/", "http://255.255.255.255/",
    ])
    func privateAddressesAreRefused(_ address: String) async {
        guard case .privateAddress? = await failure(address, nil, .no) else {
            Issue.record("\(address) was not refused")
            return
        }
    }

    @Test(arguments: ["http://169.254.169.254/", "http://[fe80::1]/", "http://0.0.0.0/", "http://[::ffff:169.254.169.254]/"])
    func noSettingOpensTheSecretsOfClouds(_ address: String) async {
        guard case .privateAddress? = await failure(address, nil, .any) else {
            Issue.record("\(address) was not refused")
            return
        }
    }

    @Test func namesWithoutAddresses() async { #expect(await failure("http://no.such.name.invalid/") == .unresolved("no.such.name.invalid")) }

    @Test func nobodyListens() async throws {
        let server = try await FetchServer.start { _ in nil }
        await server.stop()
        #expect(await failure("http://127.0.0.1:\(server.port)/") == .unreachable("127.0.0.1"))
    }

    // MARK: Redirects

    @Test(arguments: [301, 302, 303, 307, 308])
    func redirectsAreFollowed(_ status: Int) async throws {
        let server = try await FetchServer.start { $0 == "/b" ? FetchServer.ok("b") : FetchServer.redirect("/b", status: status) }
        let fetched = try await fetch("http://127.0.0.1:\(server.port)/a").get()
        #expect(fetched.text == "b" && fetched.head.address == "http://127.0.0.1:\(server.port)/b")
        await server.stop()
    }

    @Test func redirectsAreJudgedLikeAddresses() async throws {
        let server = try await FetchServer.start { path in
            switch path {
            case "/cloud": FetchServer.redirect("http://169.254.169.254/latest/meta-data/")
            case "/file": FetchServer.redirect("file:///etc/passwd")
            case "/port": FetchServer.redirect("http://127.0.0.1:22/")
            case "/user": FetchServer.redirect("http://a:b@127.0.0.1/")
            case "/none": ["HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"]
            default: FetchServer.redirect("/loop")
            }
        }
        let base = "http://127.0.0.1:\(server.port)"
        #expect(await failure(base + "/cloud") == .privateAddress("169.254.169.254"))
        #expect(await failure(base + "/file") == .invalid)
        #expect(await failure(base + "/port") == .port(22))
        #expect(await failure(base + "/user") == .credentials)
        #expect(await failure(base + "/none") == .badRedirect)
        #expect(await failure(base + "/loop") == .redirects(limit: 5))
        await server.stop()
    }

    // MARK: Hostile servers

    @Test func statuses() async throws {
        let server = try await FetchServer.start { path in
            ["HTTP/1.1 \(path.dropFirst()) X\r\nContent-Length: 3\r\n\r\nabc"]
        }
        for status in [204, 206, 304, 400, 401, 403, 404, 410, 429, 500, 503] {
            #expect(await failure("http://127.0.0.1:\(server.port)/\(status)") == .status(status))
        }
        await server.stop()
    }

    @Test func sizesAreLimited() async throws {
        let server = try await FetchServer.start { path in
            switch path {
            case "/says": ["HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"]
            case "/exact": FetchServer.ok(String(repeating: "x", count: 1_000))
            case "/chunked": ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"] + Array(repeating: "100\r\n\(String(repeating: "x", count: 256))\r\n", count: 5) + ["0\r\n\r\n"]
            default: ["HTTP/1.1 200 OK\r\n\r\n"] + Array(repeating: String(repeating: "x", count: 600), count: 4)
            }
        }
        let base = "http://127.0.0.1:\(server.port)"
        #expect(await failure(base + "/says") == .tooLarge(limit: 1_000))
        #expect(await failure(base + "/chunked") == .tooLarge(limit: 1_000))
        #expect(await failure(base + "/endless") == .tooLarge(limit: 1_000))
        #expect(try await fetch(base + "/exact").get().head.length == 1_000)
        // Of a page the beginning is enough.
        let beginning = FetchLimits(bytes: 1_000, takesBeginning: true, connect: 5, idle: 5, total: 8)
        #expect(try await fetch(base + "/endless", beginning).get().text == String(repeating: "x", count: 1_000))
        await server.stop()
    }

    @Test func liesAboutTheLength() async throws {
        let server = try await FetchServer.start { path in
            switch path {
            case "/more": ["HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"]
            case "/less": ["HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef"]
            case "/cut": ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"]
            case "/none": []
            default: ["not HTTP at all\r\n\r\n"]
            }
        }
        let base = "http://127.0.0.1:\(server.port)"
        #expect(await failure(base + "/more") == .broken)
        #expect(await failure(base + "/cut") == .broken)
        #expect(await failure(base + "/none") == .broken)
        #expect(await failure(base + "/junk") == .broken)
        // What was announced is the file; the rest belongs to nobody.
        if case .success(let fetched) = await fetch(base + "/less") { #expect(fetched.text == "abc") }
        await server.stop()
    }

    @Test func silenceIsNotWaitedFor() async throws {
        let server = try await FetchServer.start(closes: false) { path in
            path == "/head" ? ["HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab"] : nil
        }
        let limits = FetchLimits(bytes: 1_000, connect: 1, idle: 1, total: 2)
        for path in ["/head", "/nothing"] {
            let start = ContinuousClock.now
            #expect(await failure("http://127.0.0.1:\(server.port)\(path)", limits) == .timedOut(seconds: 2))
            #expect(ContinuousClock.now - start < .seconds(10))
        }
        await server.stop()
    }

    @Test func compressedContentIsNoFile() async throws {
        let server = try await FetchServer.start { _ in FetchServer.ok("x", headers: "Content-Encoding: gzip\r\n") }
        #expect(await failure("http://127.0.0.1:\(server.port)/") == .encoded("gzip"))
        await server.stop()
    }

    @Test func stoppingEndsWhatIsUnderWay() async throws {
        let server = try await FetchServer.start(closes: false) { _ in ["HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab"] }
        let fetcher = fetcher()
        let bytes = FetchedBytes(on: executor)
        let address = "http://127.0.0.1:\(server.port)/"
        async let result: FetchFailure? = {
            do throws(FetchFailure) { _ = try await fetcher.fetch(address, FetchLimits(bytes: 100), into: bytes) } catch { return error }
            return nil
        }()
        _ = await server.requests.next()
        await fetcher.stop()
        #expect(await result == .stopped)
        await server.stop()
    }

    // MARK: Files

    @Test func aFileIsKeptUnderAChanceName() async throws {
        let server = try await FetchServer.start { $0 == "/empty" ? FetchServer.ok("") : FetchServer.ok("hello") }
        let directory = try TemporaryDirectory()
        let fetch = MediaFetch(fetcher: fetcher(), thread: FileThread(), directory: MediaDirectory(directory.path + "/media"))
        let name = try await fetch.run("http://127.0.0.1:\(server.port)/a", kind: .document, limit: 100)
        #expect(SpoolName.isValid(name))
        #expect(access(directory.path + "/media/outgoing/" + name, R_OK) == 0)
        let data = try await fetch.run("data:text/plain;base64,aGVsbG8=", kind: .document, limit: 5)
        #expect(SpoolName.isValid(data) && data != name)
        for (address, expected) in [
            ("http://127.0.0.1:\(server.port)/empty", FetchFailure.empty), ("data:,", .empty), ("data:;base64,@", .badData),
            ("data:;base64,aGVsbG8h", .tooLarge(limit: 5)),
        ] {
            await #expect(throws: expected) { _ = try await fetch.run(address, kind: .document, limit: 5) }
        }
        await fetch.fetcher.stop()
        await server.stop()
    }

    @Test func everyFailureHasItsWords() {
        let all: [FetchFailure] = [
            .invalid, .credentials, .port(22), .privateAddress("h"), .unresolved("h"), .unreachable("h"), .untrusted("h"), .timedOut(seconds: 9), .tooSlow,
            .redirects(limit: 5), .badRedirect, .status(404), .encoded("gzip"), .tooLarge(limit: 5), .empty, .broken, .badData, .disk("x", ENOSPC), .stopped,
        ]
        for failure in all { #expect(!failure.description.isEmpty && (failure.code.hasPrefix("url_") || failure.code.hasPrefix("media_"))) }
    }
}
