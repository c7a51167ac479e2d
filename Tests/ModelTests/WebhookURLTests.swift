import Model
import Testing

@Suite struct WebhookURLTests {
    @Test(arguments: [
        "https://shop.example/hook?a=1#b", "HTTP://shop.example", "http://shop.example:8080/", "http://shop.example:/", "http://[::1]/", "http://[::1]:65535/",
    ])
    func good(_ url: String) { #expect(WebhookURL.isGood(url)) }

    @Test(arguments: [
        "", "shop.example", "ftp://shop.example/", "https://", "https:///path", "http://user@shop.example/", "http://shop.example/a b", "http://shöp.example/",
        "http://shop.example:65536/", "http://127.0.0.1:99999/", "http://[::1]:70000/", "http://shop.example:+80/", "http://shop.example:x/",
        "http://shop.example/" + String(repeating: "a", count: 2_000),
    ])
    func bad(_ url: String) { #expect(!WebhookURL.isGood(url)) }
}
