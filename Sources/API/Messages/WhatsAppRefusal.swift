import Model

/// Why a message was not sent, from the code in `wa_outbox.error_code` to an answer that says what helps.
///
/// Numbers are those of WhatsApp's own acks. Source: protocol notes on messages, section "ack errors".
enum WhatsAppRefusal {
    static func problem(code: String?, detail: String?) -> Problem {
        let code = code ?? "failed"
        switch code {
        case "not_on_whatsapp":
            return Problem(404, code, "Number is not on WhatsApp", error: detail ?? "nothing was sent; check the number and its country code")
        case "opted_out": return Problem(403, code, "The recipient does not want messages", error: detail ?? "the number stands in wa_opt_outs")
        case "logged_out":
            return Problem(503, code, "WhatsApp is not connected", error: "the session was logged out before this was sent", retryAfter: 60)
        case let code where number(code) != nil: return refusal(number(code) ?? 0, detail)
        default: return Problem(500, isCode(code) ? code : "send_failed", "The message was not sent", error: detail ?? "it failed: \(code)")
        }
    }

    /// `463`, `whatsapp_463`, `ack_463`.
    private static func number(_ code: String) -> Int? {
        let digits = code.split(separator: "_").last ?? ""
        return digits.utf8.count == 3 ? Int(digits) : nil
    }

    private static func refusal(_ number: Int, _ detail: String?) -> Problem {
        let (status, cure) =
            switch number {
            case 463: (403, "the account may not write to strangers now; let the recipient write first, or wait some days")
            case 475: (403, "the account has begun too many new chats; answer existing ones, and try again tomorrow")
            case 401, 403: (403, "the account may not write to this chat")
            case 404, 410: (404, "the chat no longer exists")
            case 429: (503, "WhatsApp asks to send more slowly; try again in a few minutes")
            case 500...599: (503, "WhatsApp has a fault of its own; try again in a few minutes")
            default: (500, "WhatsApp refused the message in this form; update WA-Connect, or report this with the request_id")
            }
        let error = detail.map { "\(cure) (\($0))" } ?? cure
        return Problem(status, "whatsapp_\(number)", "WhatsApp refused the message", error: error, retryAfter: status == 503 ? 300 : nil)
    }

    private static func isCode(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64 && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }
}
