import CryptoPrimitives
import Testing

@testable import Sandbox

/// Requests to the media hosts, as clients write them and as no client does.
@Suite struct MediaTargetTests {
    private static let hash = [UInt8](repeating: 7, count: 32)
    private static let token = Base64.encode(hash, alphabet: .urlSafe)

    @Test func whatClientsAskFor() throws {
        let (hex, token) = (Hex.encode(Self.hash), Self.token)
        let uri = "/mms/image/\(token.dropLast())%3D?auth=a%2Fb&token=\(token)"
        let upload = MediaTarget.Upload(type: "image", hash: hex, auth: "a/b", asks: false, offset: 0)
        #expect(try MediaTarget(method: "POST", uri: uri) == .upload(upload))
        let more = MediaTarget.Upload(type: "image", hash: hex, auth: "a/b", asks: true, offset: 5)
        #expect(try MediaTarget(method: "POST", uri: uri + "&resume=1&file_offset=5") == .upload(more))
        let download = MediaTarget.Download(directPath: "/v/1?ccb=11", hash: hex, type: "image")
        #expect(try MediaTarget(method: "GET", uri: "/v/1?ccb=11&hash=\(token)&mms-type=image&__wa-mms=") == .download(download))
    }

    @Test(arguments: [
        "", "/", "?", "/mms", "/mms/image", "/mms/image/", "/mms/nonsense/\(token)?auth=a&token=\(token)", "/mms/image/\(token)?auth=a",
        "/mms/image/\(token)?token=\(token)", "/mms/image/\(token)?auth=&token=\(token)", "/mms/image/AAAA?auth=a&token=AAAA",
        "/mms/image/\(token)?auth=a&token=AAAA", "/mms/image/\(token)/x?auth=a&token=\(token)", "/mms/image/%?auth=a&token=%",
        "/mms/image/%ff%ff?auth=a&token=%ff%ff", "/mms/image/\(token)?auth=a&token=\(token)&file_offset=-1",
        "/mms/image/\(token)?auth=a&token=\(token)&file_offset=9223372036854775808", "/mms/image/\(token)?&&=&==&%zz",
        "/mms/image/" + String(repeating: "A", count: 100_000) + "?auth=a&token=A", "\u{1F600}\u{0}",
    ])
    func uploadsThatHostsRefuse(_ uri: String) {
        #expect(throws: Refusal.self) { try MediaTarget(method: "POST", uri: uri) }
        #expect(throws: Refusal.self) { try MediaTarget(method: "DELETE", uri: uri) }
        #expect(throws: Refusal.self) { try MediaTarget(method: "PUT", uri: uri) }
    }

    @Test(arguments: ["/v/1?hash=", "/v/1?hash=AAAA", "/v/1?hash=" + String(repeating: "A", count: 100_000)])
    func hashesThatAreNone(_ uri: String) { #expect(throws: Refusal.self) { try MediaTarget(method: "GET", uri: uri) } }
}
