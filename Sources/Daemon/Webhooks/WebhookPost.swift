import AsyncHTTPClient
import FoundationEssentials
package import Model
import NIOCore
import NIOHTTP1

/// Sends attempts over HTTP: looks the name up, checks every address, connects to a checked one, follows no redirect, waits 10 s at most.
package actor WebhookPost {
    /// Bytes of the answer that are kept for the owner to read.
    static let answerBytes = 1_024
    /// Receivers whose connections are kept at a time.
    static let maxClients = 8

    private let executor: LoopExecutor
    private let policy: AddressPolicy
    private let resolver: NameResolver
    private let limit: TimeAmount
    /// Names that were looked up a moment ago: a receiver that gets hundreds of events a second is not looked up for each.
    private var lookups: [String: (addresses: [[UInt8]], until: NIODeadline)] = [:]
    private static let lookupLife = TimeAmount.seconds(5)
    private static let maxLookups = 64
    private var clients: [(receiver: String, client: HTTPClient, users: Int)] = []

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Parameter timeLimitSeconds: for lookup, connection and answer together; 10 by the API's contract.
    package init(on executor: LoopExecutor, policy: AddressPolicy, resolver: NameResolver, timeLimitSeconds: Int64 = 10) {
        self.executor = executor
        self.policy = policy
        self.resolver = resolver
        limit = .seconds(timeLimitSeconds)
    }

    package func send(_ attempt: WebhookAttempt, now: Timestamp) async -> WebhookAnswer {
        let deadline = NIODeadline.now() + limit
        guard var request = try? HTTPClient.Request(checking: attempt.url, method: .POST, body: .bytes(attempt.body)),
            request.scheme == "http" || request.scheme == "https", request.url.user == nil
        else { return WebhookAnswer(status: nil, head: "the URL is no http or https URL") }
        request.headers = attempt.headers(now: now)
        let host = request.host.filter { $0 != "[" && $0 != "]" }
        let found = await addresses(of: host)
        guard !found.isEmpty else { return WebhookAnswer(status: nil, head: "the name \(host) has no address") }
        guard found.allSatisfy({ policy.permits($0, port: request.port) }) else {
            return WebhookAnswer(status: nil, head: "\(host) has a private address, which fetch.webhook_private does not allow on port \(request.port)")
        }
        // IPv4 first: hosts without working IPv6 are more common than the other way round.
        let address = found.first { $0.count == 4 } ?? found[0]
        return await send(request, to: NameResolver.text(of: address), by: deadline)
    }

    private func addresses(of host: String) async -> [[UInt8]] {
        let now = NIODeadline.now()
        if let known = lookups[host], known.until > now { return known.addresses }
        let found = await resolver.addresses(of: host, on: executor.loop)
        if lookups.count >= Self.maxLookups { lookups.removeAll() }
        if !found.isEmpty { lookups[host] = (found, now + Self.lookupLife) }
        return found
    }

    package func stop() async {
        for entry in clients { try? await entry.client.shutdown().get() }
        clients.removeAll()
    }

    private func send(_ request: HTTPClient.Request, to address: String, by deadline: NIODeadline) async -> WebhookAnswer {
        let receiver = "\(request.host) \(address)"
        let client = take(receiver, host: request.host, address: address)
        let head = AnswerHead(loop: executor.loop, limit: Self.answerBytes)
        var answer: WebhookAnswer
        do {
            let exchange = client.execute(request: request, delegate: head, deadline: deadline)
            answer = try await withTaskCancellationHandler { try await exchange.futureResult.get() } onCancel: { exchange.cancel() }
        } catch {
            // A status that came in time counts, even where the body behind it never ended.
            answer = head.answer
            if answer.status == nil { answer.head = Self.words(for: error) }
        }
        await release(receiver)
        return answer
    }

    private func take(_ receiver: String, host: String, address: String) -> HTTPClient {
        if let index = clients.firstIndex(where: { $0.receiver == receiver }) {
            var entry = clients.remove(at: index)
            entry.users += 1
            clients.append(entry)
            return entry.client
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: try? ClientTLS.configuration(), redirectConfiguration: .disallow, timeout: .init(connect: limit, read: limit))
        // The checked address is the one that is connected to; looking up again could give another.
        configuration.dnsOverride = [host: address]
        configuration.httpVersion = .http1Only
        configuration.connectionPool.idleTimeout = .seconds(15)
        // The retry schedule is ours; a refused connection is told at once.
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .shared(executor.loop), configuration: configuration)
        clients.append((receiver, client, 1))
        return client
    }

    private func release(_ receiver: String) async {
        if let index = clients.firstIndex(where: { $0.receiver == receiver }) { clients[index].users -= 1 }
        while clients.count > Self.maxClients, let idle = clients.firstIndex(where: { $0.users == 0 }) {
            let entry = clients.remove(at: idle)
            try? await entry.client.shutdown().get()
        }
    }

    private static func words(for error: any Error) -> String {
        guard let error = error as? HTTPClientError else { return "not reachable: \(error)" }
        switch error {
        case .deadlineExceeded, .readTimeout, .connectTimeout: return "no answer within 10 seconds"
        default: return "not reachable: \(error)"
        }
    }
}

/// Keeps status and beginning of an answer; reads no further than it must.
private final class AnswerHead: HTTPClientResponseDelegate, @unchecked Sendable {
    // Touched by the client on `loop` alone.
    private var status: Int?
    private var bytes: [UInt8] = []
    private let loop: any EventLoop
    private let limit: Int

    init(loop: any EventLoop, limit: Int) {
        self.loop = loop
        self.limit = limit
    }

    func didReceiveHead(task: HTTPClient.Task<WebhookAnswer>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        status = Int(head.status.code)
        return loop.makeSucceededVoidFuture()
    }

    func didReceiveBodyPart(task: HTTPClient.Task<WebhookAnswer>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
        bytes += buffer.readableBytesView.prefix(max(0, limit - bytes.count))
        return loop.makeSucceededVoidFuture()
    }

    func didFinishRequest(task: HTTPClient.Task<WebhookAnswer>) throws -> WebhookAnswer { answer }

    var answer: WebhookAnswer { WebhookAnswer(status: status, head: String(decoding: bytes, as: UTF8.self)) }
}
