import AsyncHTTPClient
import FoundationEssentials
import NIOHTTP1

/// An address that may be asked for: http or https, without a user's name, on a port where web servers are.
struct WebAddress: Sendable {
    /// As the client sends it; what it connects to is decided by ``host`` and ``port`` of the same object, so that no second reading can differ.
    let request: HTTPClient.Request
    /// Without brackets.
    let host: String
    let port: Int

    /// Ports of other services, beyond 1023. Source: the Fetch standard, section 2.9 (port blocking).
    private static let blockedPorts: Set<Int> = [1_719, 1_720, 1_723, 2_049, 3_659, 4_045, 4_190, 5_060, 5_061, 6_000, 6_566, 6_665, 6_666, 6_667, 6_668, 6_669, 6_679, 6_697, 10_080]

    init(_ text: String, headers: HTTPHeaders = [:]) throws(FetchFailure) {
        guard let request = try? HTTPClient.Request(checking: text, headers: headers) else { throw .invalid }
        guard request.scheme == "http" || request.scheme == "https", !request.host.isEmpty else { throw .invalid }
        guard request.url.user == nil, request.url.password == nil else { throw .credentials }
        port = request.port
        guard port == 80 || port == 443 || ((1_024...65_535).contains(port) && !Self.blockedPorts.contains(port)) else { throw .port(port) }
        host = request.host.filter { $0 != "[" && $0 != "]" }
        self.request = request
    }

    /// Where a redirect from here leads.
    func redirected(to location: String) throws(FetchFailure) -> String {
        guard location.utf8.count <= 4_096, let url = URL(string: location, relativeTo: request.url) else { throw .badRedirect }
        return url.absoluteURL.absoluteString
    }
}
