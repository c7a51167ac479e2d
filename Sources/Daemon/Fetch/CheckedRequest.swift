import AsyncHTTPClient
import FoundationEssentials
import NIOHTTP1

extension HTTPClient.Request {
    /// A request to an address that anybody may have written.
    /// - Throws: where the library does, and for a port that there is not: the library would stop the process.
    init(checking address: String, method: HTTPMethod = .GET, headers: HTTPHeaders = [:], body: HTTPClient.Body? = nil) throws {
        guard let url = URL(string: address), (0...65_535).contains(url.port ?? 0) else { throw HTTPClientError.invalidURL }
        try self.init(url: url, method: method, headers: headers, body: body)
    }
}
