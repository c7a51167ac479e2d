import Testing

@testable import API
@testable import Model

@Suite struct BodyTests {
    private func read(_ body: [UInt8], _ type: String?) throws -> Fields {
        var request = Request(method: "POST", target: "/v1/x", body: .bytes(body))
        request.headers["content-type"] = type
        return try RequestBody.fields(of: request)
    }

    private func read(_ body: String, _ type: String?) throws -> Fields { try read(Array(body.utf8), type) }

    private func problem(_ body: [UInt8], _ type: String?) -> Problem? {
        do { _ = try read(body, type) } catch { return error as? Problem }
        return nil
    }

    @Test(arguments: ["application/json", nil, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense;;;"])
    func jsonWhateverTheHeaderSays(_ type: String?) throws {
        #expect(try read(" \r\n{\"to\":1,\"message\":\"a&b=c\"}", type)["message"] == "a&b=c")
        #expect(try read([0xEF, 0xBB, 0xBF] + Array("{\"to\":1}".utf8), type)["to"] == 1)
    }

    @Test(arguments: ["application/json", nil, "text/plain", "application/x-www-form-urlencoded"])
    func emptyBodiesHaveNoFields(_ type: String?) throws {
        #expect(try read("", type) == .none)
        #expect(try read(" \n", type) == .none)
    }

    @Test func nullIsAbsentAndTheLastOfTwoCounts() throws {
        let fields = try read(#"{"a":null,"b":1,"b":2}"#, nil)
        #expect(fields["a"] == nil)
        #expect(fields["b"] == 2)
    }

    @Test func forms() throws {
        let fields = try read(
            "to=%2B968+9123&message=100%25+%D8%B3%D9%84%D8%A7%D9%85%0A&x", "application/x-www-form-urlencoded; charset=utf-8")
        #expect(fields["to"] == "+968 9123")
        #expect(fields["message"] == "100% سلام\n")
        #expect(fields["x"] == "")
    }

    @Test func multipart() throws {
        let body =
            "preamble\r\n--B x\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\n96891234567\r\n--B x\r\n"
            + "content-disposition: form-data; name=\"message\"\r\nContent-Type: text/plain\r\n\r\nline\r\n--not the boundary; \"q\"\r\n--B x\r\n"
            + "Content-Disposition: form-data; name=\"file\"; filename=\"a;b.txt\"\r\n\r\nfile\r\n--B x--\r\n"
        let fields = try read(body, "multipart/form-data; boundary=\"B x\"")
        #expect(fields["to"] == "96891234567")
        #expect(fields["message"] == "line\r\n--not the boundary; \"q\"")
        #expect(fields["file"] == nil)
    }

    @Test(arguments: [
        ("{", "application/json", 400), ("[1]", "application/json", 400), ("\"a\"", "application/json", 400),
        ("nonsense", "application/json", 400),
        ("{\"a\":1} x", nil, 400), ("{a:1}", "application/x-www-form-urlencoded", 400), ("a=1", "text/plain", 415), ("a=1", nil, 415),
        ("<x/>", "application/xml", 415), ("x", "multipart/form-data", 400), ("x", "multipart/form-data; boundary=", 400),
        ("x", "multipart/form-data; boundary=B", 400), ("--B", "multipart/form-data; boundary=B", 400),
        ("--B\r\n\r\nx\r\n--B--", "multipart/form-data; boundary=B", 400), ("--B\r\nx\r\n--B--", "multipart/form-data; boundary=B", 400),
        ("--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--", "multipart/form-data; boundary=B", 400),
        ("a=%FF", "application/x-www-form-urlencoded", 400), ("%FF=a", "application/x-www-form-urlencoded", 400),
    ])
    func refused(_ body: String, _ type: String?, _ status: Int) {
        let problem = problem(Array(body.utf8), type)
        #expect(problem?.status == status)
        #expect(problem?.error.isEmpty == false)
    }

    @Test func hostileBodies() {
        #expect(problem([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], nil)?.status == 400)
        #expect(problem(Array(String(repeating: "{\"a\":", count: 100_000).utf8), nil)?.status == 400)
        #expect(problem(Array(String(repeating: "a&", count: 2_000).utf8), "application/x-www-form-urlencoded")?.status == 400)
        let parts = String(repeating: "--B\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n", count: 2_000) + "--B--"
        #expect(problem(Array(parts.utf8), "multipart/form-data; boundary=B")?.status == 400)
        #expect(problem([UInt8](repeating: 0x61, count: Limits.bodyBytes + 1), "application/x-www-form-urlencoded")?.status == 413)
        #expect(problem([0], "application/json") == nil)
        for count in 0..<256 { _ = problem((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }, "multipart/form-data; boundary=%") }
    }

    @Test func bodiesThatNeverCame() {
        for (body, status) in [(Request.Body.tooLarge, 413), (.incomplete, 400), (.notWaitedFor, 503)] {
            let error = #expect(throws: Problem.self) { try RequestBody.fields(of: Request(method: "POST", target: "/", body: body)) }
            #expect(error?.status == status)
        }
    }
}
