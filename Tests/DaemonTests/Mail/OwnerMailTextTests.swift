import Model
import Store
import Testing

@testable import Daemon

struct OwnerMailTextTests {
    private let mail = OwnerMailText(recipient: "owner@example.com", installation: "https://shop.example", now: Timestamp(seconds: 1_790_000_000))

    @Test func saysWhatHappenedAndWhatToDo() {
        let text = mail.text(.session(id: 1, name: "default", phoneNumber: "96890000001", reason: .loggedOut))
        #expect(text.hasPrefix("To: owner@example.com\nSubject: WA-Connect: WhatsApp is disconnected\n"))
        #expect(text.contains("wa-connect sessions page") && text.contains("https://shop.example"))
        #expect(!text.contains("96890000001"), "mail is read on the way")
    }

    @Test func saysWhatRunsOut() {
        let text = mail.text(.ceiling(setting: "database.max_bytes", note: "the tables take 1900 of 2048 MB"))
        #expect(text.contains("Subject: WA-Connect: space runs out\n") && text.contains("the tables take 1900 of 2048 MB.\n"))
    }

    @Test func tellsNoTokensOfAddresses() {
        let failing = OwnerNotice.webhook(
            id: 7, name: "shop", url: "https://shop.example/hook?token=secret", failingSince: Timestamp(seconds: 1_780_000_000), lastError: "refused")
        let text = mail.text(failing)
        #expect(text.contains("https://shop.example/hook\n") && !text.contains("secret") && text.contains("webhooks replay 7"))
    }

    @Test func whatOthersWroteMakesNoLinesOfItsOwn() {
        let hostile = "a\n.\nBcc: other@example.com\r\n"
        let text = mail.text(.webhook(id: 1, name: hostile, url: "http://a/", failingSince: mail.now, lastError: hostile))
        #expect(!text.contains("\n.\n") && !text.contains("\nBcc") && !text.contains("\r"))
    }
}
