import AsyncHTTPClient
import Model
import NIOCore
import NIOHTTP1
import WhatsApp

/// HTTPS to the media hosts, on the loop's thread.
package actor MediaClient {
    /// A host that says nothing for this long is given up.
    private static let silence = TimeAmount.seconds(30)
    private static let connectLimit = TimeAmount.seconds(15)
    /// For a whole file; 100 MB at 50 KB a second.
    static let wholeLimit = TimeAmount.minutes(35)

    let executor: LoopExecutor
    private let caFile: String?
    private var made: HTTPClient?
    private var isStopped = false

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    package init(on executor: LoopExecutor, caFile: String?) {
        self.executor = executor
        self.caFile = caFile
    }

    /// Sends one request and gives what the delegate makes of the answer. The task's cancellation ends it.
    func execute<Delegate: HTTPClientResponseDelegate>(
        _ request: HTTPClient.Request, _ delegate: Delegate
    ) async throws -> Delegate.Response where Delegate.Response: Sendable {
        let exchange = try client().execute(request: request, delegate: delegate, deadline: .now() + Self.wholeLimit)
        return try await withTaskCancellationHandler { try await exchange.futureResult.get() } onCancel: { exchange.cancel() }
    }

    package func stop() async {
        isStopped = true
        try? await made?.shutdown().get()
        made = nil
    }

    private func client() throws -> HTTPClient {
        guard !isStopped else { throw MediaFailure.interrupted }
        if let made { return made }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: try ClientTLS.configuration(caFile: caFile), redirectConfiguration: .disallow, timeout: .init(connect: Self.connectLimit, read: Self.silence))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.idleTimeout = .seconds(15)
        // Which host comes next is our decision.
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .shared(executor.loop), configuration: configuration)
        made = client
        return client
    }

    /// What every request to the hosts carries.
    static func headers() -> HTTPHeaders { ["Origin": MediaHostAddress.origin, "Referer": MediaHostAddress.origin + "/"] }
}
