import Model

/// Why a message was not sent: from the code that the daemon left in `wa_outbox.error_code` to an answer that says what helps.
enum WhatsAppRefusal {
    /// - Parameter detail: the words in `wa_outbox.error`.
    static func problem(code: String?, detail: String?) -> Problem {
        let code = code.flatMap { isCode($0) ? $0 : nil } ?? "send_failed"
        let (status, message) = answer(code)
        return Problem(
            status, code, message, error: detail ?? "nothing was sent (\(code))", retryAfter: status == 503 ? 300 : nil)
    }

    private static func answer(_ code: String) -> (status: Int, message: String) {
        switch code {
        case "not_on_whatsapp": (404, "Number is not on WhatsApp")
        case "message_not_found": (404, "Message not found")
        case "recipient_gone": (404, "The recipient no longer exists")
        case "opted_out": (403, "The recipient does not want messages")
        case "reach_out_timelock", "new_chats_capped", "not_allowed": (403, "WhatsApp does not allow this message")
        case "invalid_message", "unsupported_recipient": (400, "The message cannot be sent")
        case "media_too_large", "url_too_large": (413, "The file is too large")
        case "media_upload_failed", "media_unreachable", "media_unreadable": (503, "The file cannot be sent now")
        case "url_invalid", "url_credentials", "url_port", "url_private", "url_unresolved", "url_unreachable": (400, "The file cannot be fetched")
        case "url_untrusted", "url_timeout", "url_too_slow", "url_redirects", "url_status", "url_encoded": (400, "The file cannot be fetched")
        case "url_broken", "url_bad_data", "url_interrupted": (400, "The file cannot be fetched")
        case "media_wrong_kind", "media_unsupported", "media_damaged", "media_empty", "media_refused": (400, "The file cannot be sent")
        case _ where code.hasPrefix("media_"): (400, "The file cannot be sent")
        case "too_fast", "whatsapp_unavailable": (503, "WhatsApp does not take messages now")
        case "logged_out", "expired": (503, "WhatsApp is not connected")
        case "no_devices": (500, "The message was not sent")
        case "whatsapp_refused", "stanza_invalid", "stale_addressing": (500, "WhatsApp refused the message")
        default: (500, "The message was not sent")
        }
    }

    /// What was typed into the row by hand must not become a code of the API.
    private static func isCode(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }
}
