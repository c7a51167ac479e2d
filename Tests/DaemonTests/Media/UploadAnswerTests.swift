import Testing

@testable import Daemon

@Suite struct UploadAnswerTests {
    private func answer(_ text: String, status: Int = 200) -> UploadAnswer { UploadAnswer(status: status, body: Array(text.utf8)) }

    @Test func whatHostsSay() {
        let done = answer(#"{"url":"https://mmg.whatsapp.net/v/t62.7118-24/1","direct_path":"/v/t62.7118-24/1?ccb=11-4","handle":"x"}"#)
        #expect(done.directPath == "/v/t62.7118-24/1?ccb=11-4" && done.url == "https://mmg.whatsapp.net/v/t62.7118-24/1")
        #expect(!done.isComplete && done.offset == nil)
        #expect(answer(#"{"resume":"complete","direct_path":"/v/1"}"#).isComplete)
        #expect(answer(#"{"resume":"5242880"}"#).offset == 5_242_880)
        #expect(answer(#"{"direct_path":"/v/1"}"#, status: 401).directPath == nil)
    }

    @Test(arguments: [
        "", "null", "[]", "\"/v/1\"", "{", #"{"direct_path":"/v/1""#, #"{"direct_path":5}"#, #"{"direct_path":""}"#, #"{"direct_path":"//evil.example/1"}"#,
        #"{"direct_path":"/v/1\r\nHost: evil.example"}"#, #"{"direct_path":"https://evil.example/"}"#, #"{"url":"http://mmg.whatsapp.net/v/1"}"#,
        #"{"url":["https://mmg.whatsapp.net/"]}"#, #"{"resume":"-1"}"#, #"{"resume":"9223372036854775808"}"#, #"{"resume":true}"#,
        #"{"resume":"\u0661"}"#,
    ])
    func whatNoHostSays(_ text: String) {
        let answer = answer(text)
        #expect(answer.directPath == nil && answer.url == nil && answer.offset == nil && !answer.isComplete)
    }

    @Test func brokenBytesDeepNestingAndLongTexts() {
        let path = Array(#"{"direct_path":"/v/"#.utf8)
        for bytes in [[0xFF, 0xFE], path + [0xC3, 0x28, 0x22, 0x7D], [UInt8](repeating: 0x5B, count: UploadAnswer.maximumBytes)] {
            #expect(UploadAnswer(status: 200, body: bytes).directPath == nil)
        }
        #expect(answer("{\"direct_path\":\"/\(String(repeating: "a", count: 4_096))\"}").directPath == nil)
        #expect(answer("{\"url\":\"https://\(String(repeating: "a", count: 4_096))\"}").url == nil)
    }
}
