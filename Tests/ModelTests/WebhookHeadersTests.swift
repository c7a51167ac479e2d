import Model
import Testing

@Suite struct WebhookHeadersTests {
    @Test func linesAsTyped() {
        let headers = WebhookHeaders(parsing: "Authorization: Bearer abc:def\r\n  X-Shop :  7 \n\nno colon\nauthorization: twice\nHost: evil\n: empty name")
        #expect(headers.headers.map(\.name) == ["Authorization", "X-Shop"])
        #expect(headers.headers.map(\.value) == ["Bearer abc:def", "7"])
        #expect(WebhookHeaders(parsing: headers.text) == headers)
        #expect(WebhookHeaders(parsing: nil).headers.isEmpty)
    }

    @Test func nothingEndsTheHeaderBlock() {
        for bad in ["X-A: a\u{0}b", "X-A: caf\u{E9}", "X A: b", "X-A\u{2028}: b", "Content-Length: 0", "transfer-encoding: chunked", "X-WEBHOOK-ID: 1",
            "webhook-signature: v1,x", "Proxy-Authorization: x", "X-A: " + String(repeating: "v", count: 1_001)]
        {
            #expect(WebhookHeaders(parsing: bad).headers.isEmpty, "\(bad)")
        }
        for value in ["a\r\nX-B: c", "a\nb", "a\rb", "a\u{0}"] {
            #expect(throws: FieldError.self) { try WebhookHeaders([JSONMember("X-A", .string(value))]) }
        }
        #expect(throws: FieldError.self) { try WebhookHeaders((0...WebhookHeaders.limit).map { JSONMember("X-\($0)", "v") }) }
        #expect(throws: FieldError.self) { try WebhookHeaders([JSONMember("X-A", "1"), JSONMember("x-a", "2")]) }
    }
}
