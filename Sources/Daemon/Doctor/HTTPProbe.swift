import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix

/// One GET for a command that has no event loop of its own.
struct HTTPProbe {
    struct Answer: Sendable {
        let status: Int
        /// Seconds since 1970 by the other side's clock; nil where it told none.
        let date: Int64?
        /// The beginning of the body.
        let body: String
    }

    struct Trouble: Error {
        let words: String
    }

    private static let timeout = TimeAmount.seconds(10)
    private static let maximumBytes = 64 << 10

    /// PEM file with extra trust besides the system's roots.
    let caFile: String?

    func get(_ address: String) -> Result<Answer, Trouble> {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer { try? group.syncShutdownGracefully() }
        do {
            let client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: try configuration())
            defer { try? client.syncShutdown() }
            let request = try HTTPClient.Request(checking: address)
            let body = ResponseAccumulator(request: request, maxBodySize: Self.maximumBytes)
            let response = try client.execute(request: request, delegate: body, deadline: .now() + Self.timeout).wait()
            return .success(
                Answer(
                    status: Int(response.status.code), date: response.headers.first(name: "Date").flatMap(HTTPDate.init)?.seconds,
                    body: response.body.map { String(buffer: $0) } ?? ""))
        } catch let error as HTTPClientError {
            return .failure(Trouble(words: error == .connectTimeout || error == .deadlineExceeded ? "no answer within 10 s" : "\(error)"))
        } catch TransportError.untrusted(let words) {
            return .failure(Trouble(words: words))
        } catch TransportError.badTrustFile(let file) {
            return .failure(Trouble(words: "\(file), the file of `whatsapp.ca_file`, holds no certificate"))
        } catch {
            return .failure(Trouble(words: "\(error)"))
        }
    }

    private func configuration() throws -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(tlsConfiguration: try ClientTLS.configuration(caFile: caFile))
        configuration.httpVersion = .http1Only
        return configuration
    }
}
