import Testing

@testable import Daemon

struct WebhookSecretTests {
    /// The example of the Standard Webhooks specification (its reference libraries test the same values).
    @Test func signsLikeTheStandardsExample() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signature = secret.standardSignature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8))
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(secret.standardForm == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    }

    /// RFC 4231, test case 2.
    @Test func signsTheBodyWithTheSecretAsTyped() throws {
        let secret = try #require(WebhookSecret("Jefe"))
        #expect(
            secret.signature(of: Array("what do ya want for nothing?".utf8))
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(secret.standardForm == "whsec_SmVmZQ==")
        #expect("\(secret)" == "<secret>")
    }

    @Test func anEmptySecretIsNone() {
        #expect(WebhookSecret("") == nil)
        #expect(WebhookSecret(nil) == nil)
    }
}
