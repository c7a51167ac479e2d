import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Fetches what strangers' addresses name: looks the name up once, checks every address, connects to a checked one, and does the same for each redirect.
package actor Fetcher {
    /// What web servers see.
    private static let headers: HTTPHeaders = ["User-Agent": "WA-Connect/1.0", "Accept": "*/*", "Accept-Encoding": "identity"]

    let executor: LoopExecutor
    private let policy: AddressPolicy
    private let resolver: NameResolver
    /// One for each exchange, since a client connects to one address only.
    private var clients: [ObjectIdentifier: HTTPClient] = [:]
    private var isStopped = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    package init(on executor: LoopExecutor, policy: AddressPolicy, resolver: NameResolver) {
        self.executor = executor
        self.policy = policy
        self.resolver = resolver
    }

    /// - Returns: the head of the answer that was no redirect; its status is 200.
    func fetch(_ text: String, _ limits: FetchLimits, into sink: any FetchSink) async throws(FetchFailure) -> FetchExchange.Head {
        let deadline = NIODeadline.now() + .seconds(limits.total)
        var next = text
        for _ in 0...limits.redirects {
            let address = try WebAddress(next, headers: Self.headers)
            let place = try await place(of: address, deadline)
            var head = try await ask(address, at: place, limits, deadline, into: sink)
            head.address = next
            switch head.status {
            case 200: return head
            case 301, 302, 303, 307, 308:
                guard let location = head.location else { throw .badRedirect }
                next = try address.redirected(to: location)
            default: throw .status(head.status)
            }
        }
        throw .redirects(limit: limits.redirects)
    }

    /// Ends what is under way.
    package func stop() async {
        isStopped = true
        for client in clients.values { try? await client.shutdown().get() }
        resolver.stop()
    }

    // MARK: Names

    /// The text form of an address that was checked.
    private func place(of address: WebAddress, _ deadline: NIODeadline) async throws(FetchFailure) -> String {
        guard !isStopped else { throw .stopped }
        guard let found = await lookUp(address.host, until: min(deadline, .now() + .seconds(FetchLimits.lookup))), !found.isEmpty else {
            throw .unresolved(address.host)
        }
        guard found.allSatisfy({ policy.permits($0, port: address.port) }) else { throw .privateAddress(address.host) }
        // IPv4 first: hosts without working IPv6 are more common than the other way round.
        return NameResolver.text(of: found.first { $0.count == 4 } ?? found[0])
    }

    /// nil where it takes too long.
    private func lookUp(_ host: String, until deadline: NIODeadline) async -> [[UInt8]]? {
        let promise = executor.loop.makePromise(of: [[UInt8]]?.self)
        let limit = executor.loop.scheduleTask(deadline: deadline) { promise.succeed(nil) }
        executor.start { [resolver, executor] in
            let found = await resolver.addresses(of: host, on: executor.loop)
            limit.cancel()
            promise.succeed(found)
        }
        return (try? await promise.futureResult.get()) ?? nil
    }

    // MARK: Exchanges

    private func ask(
        _ address: WebAddress, at place: String, _ limits: FetchLimits, _ deadline: NIODeadline, into sink: any FetchSink
    ) async throws(FetchFailure) -> FetchExchange.Head {
        guard !isStopped else { throw .stopped }
        let client = client(for: address.request.host, at: place, limits)
        let exchange = FetchExchange(into: sink, limits, on: executor)
        let result: Result<FetchExchange.Head, FetchFailure>
        do {
            let task = client.execute(request: address.request, delegate: exchange, deadline: deadline)
            result = .success(try await withTaskCancellationHandler { try await task.futureResult.get() } onCancel: { task.cancel() })
        } catch {
            result = exchange.complete.map { .success($0) } ?? .failure(FetchFailure(error, host: address.host, seconds: limits.total))
        }
        if clients.removeValue(forKey: ObjectIdentifier(client)) != nil { try? await client.shutdown().get() }
        return try result.get()
    }

    private func client(for host: String, at place: String, _ limits: FetchLimits) -> HTTPClient {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: try? ClientTLS.configuration(), redirectConfiguration: .disallow, timeout: .init(connect: .seconds(limits.connect), read: .seconds(limits.idle)))
        // The checked address is the one that is connected to; looking up again could give another.
        configuration.dnsOverride = [host: place]
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .shared(executor.loop), configuration: configuration)
        clients[ObjectIdentifier(client)] = client
        return client
    }
}
