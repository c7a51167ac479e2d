import Model
import NIOHTTP1
import NIOPosix
import Testing

@testable import Daemon

struct WebhookPostTests {
    private let executor = LoopExecutor(MultiThreadedEventLoopGroup.singleton.next())

    private func attempt(_ url: String, secret: String? = nil) -> WebhookAttempt {
        WebhookAttempt(
            eventID: "3b0c0c1e-6f0e-4a54-9d0e-1a2b3c4d5e6f", event: "message.received", eventTimestamp: "2026-02-27T10:00:00.000Z", url: url,
            secret: WebhookSecret(secret), body: Array(#"{"event":"message.received"}"#.utf8), number: 2, sequence: 41)
    }

    private func post(_ policy: PrivateFetch = .any, seconds: Int64 = 10) -> WebhookPost {
        WebhookPost(on: executor, policy: AddressPolicy(policy), resolver: NameResolver(), timeLimitSeconds: seconds)
    }

    @Test func sendsTheHeadersOfTheReference() async throws {
        let receiver = try await HTTPReceiver.start { _ in .status(204) }
        let post = post()
        let answer = await post.send(
            attempt("http://localhost:\(receiver.port)/hook?a=1", secret: "s3cret"), now: Timestamp(seconds: 1_700_000_000))
        #expect(answer.succeeded && answer.status == 204)
        let request = try #require(await receiver.requests.next())
        #expect(request.head.method == .POST && request.head.uri == "/hook?a=1")
        #expect(request.body == attempt("").body)
        #expect(request.header("Content-Length") == "28")
        #expect(request.header("Transfer-Encoding") == nil)
        #expect(request.header("User-Agent") == "WA-Connect-Webhook/1.0")
        #expect(request.header("X-Webhook-Event") == "message.received")
        #expect(request.header("X-Webhook-Timestamp") == "2026-02-27T10:00:00.000Z")
        #expect(request.header("X-Webhook-Attempt") == "2" && request.header("X-Webhook-Sequence") == "41")
        #expect(request.header("webhook-id") == request.header("X-Webhook-Id"))
        #expect(request.header("webhook-timestamp") == "1700000000")
        let signature = try #require(request.header("X-Webhook-Signature"))
        #expect(signature == WebhookSecret("s3cret")?.signature(of: request.body))
        #expect(request.header("X-Webhook-Signature-256") == "sha256=" + signature)
        await post.stop()
        await receiver.stop()
    }

    @Test func doesNotFollowRedirects() async throws {
        let receiver = try await HTTPReceiver.start { _ in .status(302, headers: ["Location": "/elsewhere"], body: "moved") }
        let post = post()
        let answer = await post.send(attempt("http://127.0.0.1:\(receiver.port)/"), now: SystemClock.now())
        #expect(answer == WebhookAnswer(status: 302, head: "moved"))
        #expect(!answer.succeeded)
        await post.stop()
        await receiver.stop()
    }

    @Test func givesUpOnASilentReceiver() async throws {
        let receiver = try await HTTPReceiver.start { _ in .silence }
        let post = post(seconds: 1)
        let answer = await post.send(attempt("http://127.0.0.1:\(receiver.port)/"), now: SystemClock.now())
        #expect(answer.status == nil && !answer.head.isEmpty)
        await post.stop()
        await receiver.stop()
    }

    @Test func privateAddressesAreNotEvenConnectedTo() async throws {
        let receiver = try await HTTPReceiver.start { _ in .status(200) }
        for policy in [PrivateFetch.no, .web] {
            let post = post(policy)
            let answer = await post.send(attempt("http://localhost:\(receiver.port)/"), now: SystemClock.now())
            #expect(answer.status == nil && answer.head.contains("fetch.webhook_private"))
            await post.stop()
        }
        #expect(await receiver.requests.count == 0)
        await receiver.stop()
    }

    @Test(arguments: ["", "ftp://localhost/", "http+unix://%2Ftmp%2Fx/", "http:///x", "not a url", "http://user:pass@localhost/",
        "http://127.0.0.1:65536/", "http://[::1]:70000/", "http://localhost:99999/"])
    func refusesOtherURLs(url: String) async {
        let post = post()
        let answer = await post.send(attempt(url), now: SystemClock.now())
        #expect(answer.status == nil && !answer.succeeded)
        await post.stop()
    }
}
