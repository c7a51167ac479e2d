import Model
import Store

/// The mail about one thing that the owner should know, as `sendmail -t` takes it.
struct OwnerMailText {
    /// A checked address.
    let recipient: String
    let installation: String
    let now: Timestamp

    func text(_ notice: OwnerNotice) -> String {
        let (subject, lines) = content(notice)
        let head = [
            "To: \(recipient)", "Subject: \(subject)", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8", "Content-Transfer-Encoding: 8bit", "",
        ]
        let foot = ["", "WA-Connect at \(installation), \(now.iso8601)", "You get this because the setting mail.to names your address."]
        // What others wrote must not make lines of its own: a line with a dot alone would end the mail for some programs.
        return (head + (lines + foot).map(Self.oneLine)).joined(separator: "\n") + "\n"
    }

    private func content(_ notice: OwnerNotice) -> (subject: String, lines: [String]) {
        switch notice {
        case .session(_, let name, let phoneNumber, let reason):
            let (what, cure) = Self.words(reason)
            return (
                "WA-Connect: WhatsApp is disconnected",
                [
                    "The session \(name)\(phoneNumber.map { " (number ending in \($0.suffix(4)))" } ?? "") is not connected to WhatsApp: \(what)", "",
                    "What to do: \(cure)", "", "Until then nothing is sent or received. `wa-connect doctor` tells more.",
                ])
        case .webhook(let id, let name, let url, let failingSince, let lastError):
            // Addresses of webhooks often carry a token behind the question mark.
            let address = url.prefix { $0 != "?" && $0 != "#" }
            return (
                "WA-Connect: a webhook keeps failing",
                [
                    "No delivery to the webhook \(name.isEmpty ? "\(id)" : "\(id) (\(name))") has worked since \(failingSince.iso8601).",
                    "Address: \(address)", "Last error: \(lastError ?? "none is known")", "",
                    "What to do: see that the page answers with a status 200 to 299 within 10 seconds. Deliveries are repeated for a day and a half;",
                    "what was given up by then is sent again by `wa-connect webhooks replay \(id)`.",
                ])
        case .ceiling(let setting, let note):
            return (
                "WA-Connect: space runs out",
                [
                    "About the setting \(setting): \(note).", "",
                    "What to do: delete what is not needed, or let WA-Connect keep less: the settings messages.retention_days, webhooks.retention_days,",
                    "media.retention_days. `wa-connect doctor` tells more.",
                ])
        }
    }

    private static func words(_ reason: SessionReason) -> (what: String, cure: String) {
        switch reason {
        case .loggedOut:
            ("the device was removed on the phone, or the phone was not online for two weeks.", "link the phone again: run `wa-connect sessions page` and open the address that it prints.")
        case .banned: ("WhatsApp has suspended the number.", "open WhatsApp on the phone, it says more. Do not link again and again.")
        case .replaced: ("another program uses the same link.", "stop the other program, then run `wa-connect sessions connect`.")
        case .clientOutdated: ("WhatsApp refuses this version of the client.", "upgrade WA-Connect.")
        case .wrongServerKey: ("what answers is not WhatsApp.", "show the line `whatsapp` of `wa-connect doctor` to your host.")
        default: ("\(reason.rawValue).", "run `wa-connect doctor`.")
        }
    }

    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
