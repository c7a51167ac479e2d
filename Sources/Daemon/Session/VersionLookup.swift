import AsyncHTTPClient
import FoundationEssentials
import Model
import NIOCore
import NIOHTTP1
import WhatsApp

/// Asks the service's web page for the current revision of the web client. Source: protocol notes on the transport, section 5.
struct VersionLookup {
    let settings: WhatsAppSettings
    let loop: any EventLoop

    /// Bytes of the page that are read at most; the real one has some hundred kilobytes.
    private static let maximumBytes = 8 << 20
    private static let timeout = TimeAmount.seconds(15)
    private static let marker = Array("client_revision".utf8)

    /// nil where the page can not be had or tells none.
    func currentVersion() async -> ClientVersion? {
        guard let address = pageAddress, let client = try? makeClient() else { return nil }
        let found = await revision(of: address, by: client)
        try? await client.shutdown()
        return found.map { ClientVersion(tertiary: $0) }
    }

    private func revision(of address: String, by client: HTTPClient) async -> UInt32? {
        var request = HTTPClientRequest(url: address)
        request.headers.add(name: "Sec-Fetch-Site", value: "none")
        guard let response = try? await client.execute(request, timeout: Self.timeout), response.status == .ok,
            let body = try? await response.body.collect(upTo: Self.maximumBytes)
        else { return nil }
        return Self.revision(in: Array(body.readableBytesView))
    }

    /// The page's script, beside the socket's address.
    private var pageAddress: String? {
        guard let url = URL(string: settings.url), let host = url.host(percentEncoded: true) else { return nil }
        return (url.scheme == "ws" ? "http://" : "https://") + host + (url.port.map { ":\($0)" } ?? "") + "/sw.js"
    }

    private func makeClient() throws -> HTTPClient {
        var configuration = HTTPClient.Configuration(tlsConfiguration: try ClientTLS.configuration(caFile: settings.caFile))
        configuration.redirectConfiguration = .disallow
        return HTTPClient(eventLoopGroup: loop, configuration: configuration)
    }

    /// The number behind `client_revision`, whatever quotes and signs stand between.
    static func revision(in page: [UInt8]) -> UInt32? {
        guard let start = page.firstRange(of: marker)?.upperBound else { return nil }
        let digits = page[start...].prefix(32).drop { !(0x30...0x39).contains($0) }.prefix { (0x30...0x39).contains($0) }
        return UInt32(String(decoding: digits, as: UTF8.self))
    }
}
