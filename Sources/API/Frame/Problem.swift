import Model

/// An answer other than success: what people read, what programs read, and how to go on.
package struct Problem: Error, Sendable, Equatable {
    package let status: Int
    /// Stable, snake_case.
    package let code: String
    /// For people.
    package let message: String
    /// The detail.
    package let error: String
    /// Seconds for `Retry-After`.
    package var retryAfter: Int64?
    /// For `Allow`.
    package var allow: String?

    package init(_ status: Int, _ code: String, _ message: String, error: String, retryAfter: Int64? = nil, allow: String? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.error = error
        self.retryAfter = retryAfter
        self.allow = allow
    }
}

// 400, 413, 415: the request itself.
extension Problem {
    static func badBody(_ detail: String) -> Problem { Problem(400, "bad_request", "The request cannot be read", error: detail) }
    static let badPath = Problem(400, "bad_request", "The request cannot be read", error: "the path is not UTF-8 text")

    static func validation(_ error: FieldError) -> Problem {
        Problem(400, "validation_failed", "Invalid field: \(error.field)", error: error.description)
    }

    static let bodyTooLarge = Problem(
        413, "body_too_large", "The request is too large",
        error: "the body is larger than \(Limits.bodyBytes) bytes; send media by URL or as multipart/form-data")

    static let bodyIncomplete = Problem.badBody("the body is incomplete: it ended before its Content-Length, or took too long")

    /// - Parameter limit: bytes.
    static func fileTooLarge(_ field: String, limit: Int64) -> Problem {
        Problem(
            413, "media_too_large", "The file is too large",
            error: "`\(field)` is larger than \(limit) bytes; the setting media.max_bytes and what WhatsApp takes of each kind limit files")
    }

    static func emptyFile(_ field: String) -> Problem {
        Problem(400, "media_empty", "The file cannot be sent", error: "`\(field)` is an empty file")
    }

    static func unsupportedBody(_ type: String) -> Problem {
        Problem(
            415, "unsupported_media_type", "The body's type is not supported",
            error:
                "Content-Type is `\(type.prefix(100))`; expected application/json, application/x-www-form-urlencoded or multipart/form-data"
        )
    }
}

// 401, 403: who asks.
extension Problem {
    static func unauthorized(_ detail: String) -> Problem { Problem(401, "unauthorized", "Invalid or missing API key", error: detail) }

    static func forbidden(missing permission: Permission) -> Problem {
        Problem(
            403, "forbidden", "API key lacks required permission",
            error: "the key needs the permission `\(permission.rawValue)`; add it in wa_api_keys.permissions")
    }

    static func optedOut(_ number: String) -> Problem {
        Problem(403, "opted_out", "The recipient does not want messages", error: "\(number) stands in wa_opt_outs; nothing was sent")
    }

    static func addressNotAllowed(_ address: String) -> Problem {
        Problem(
            403, "address_not_allowed", "This address may not use the API key",
            error: "`\(address)` is not among the key's wa_api_keys.allowed_ips")
    }
}

// 404, 405: what is asked for.
extension Problem {
    static let unknownPath = Problem(404, "not_found", "Not found", error: "no such path in this API; see the reference")
    static let noSuchMessage = Problem(404, "message_not_found", "Message not found", error: "no message with this id or message_id")

    static let noSuchContact = Problem(404, "contact_not_found", "Contact not found", error: "no contact with this JID or phone number")

    static func noMessage(_ id: String, field: String) -> Problem {
        Problem(404, "message_not_found", "Message not found", error: "`\(field)`: this chat has no message with the message_id `\(id)`")
    }

    static func noCall(_ id: String) -> Problem {
        Problem(404, "call_not_found", "Call not found", error: "`call_id`: no call with the id `\(id)` came in")
    }

    static let callIsOver = Problem(
        409, "call_over", "The call is over", error: "it was answered, rejected or given up before; nothing was done")

    static func wrongMethod(allowed: String) -> Problem {
        Problem(405, "method_not_allowed", "Method not allowed", error: "this path answers \(allowed)", allow: allowed)
    }
}

// 409, 429: how often.
extension Problem {
    static let idempotencyConflict = Problem(
        409, "idempotency_conflict", "Idempotency-Key was used for something else",
        error: "this Idempotency-Key came with other content within the last 24 hours; use a new key for a new message")
    static let inProgress = Problem(
        409, "in_progress", "The first request with this Idempotency-Key is still being worked on",
        error: "ask again in a moment; the message is not sent twice", retryAfter: 2)

    static func tooManyRequests(_ limit: String, retryAfter: Int64) -> Problem {
        Problem(
            429, "rate_limited", "Too many requests", error: "the limit of \(limit) is used up; wait \(retryAfter) s",
            retryAfter: retryAfter)
    }
}

extension Problem {
    /// The answers that WhatsApp gave before are not counted.
    static func tooManyChecks(_ limit: Int, retryAfter: Int64) -> Problem {
        Problem(
            429, "too_many_checks", "Too many numbers were checked",
            error:
                "\(limit) numbers an hour may be asked for (the setting limits.checks), or WhatsApp may ban this number; wait \(retryAfter) s",
            retryAfter: retryAfter)
    }
}

// 5xx: what is missing on this side.
extension Problem {
    static let checkUnanswered = Problem(
        503, "check_unanswered", "WhatsApp did not answer in time", error: "the number could not be checked now; try again", retryAfter: 5)

    static let checkBusy = Problem(
        503, "busy", "Too many requests are waiting",
        error: "the number is being checked, but as many requests as `api.waiting` allows are waiting; try again", retryAfter: 2)

    /// The reference's own answer.
    static let notConnected = Problem(
        503, "not_connected", "WhatsApp is not connected", error: "Service unavailable", retryAfter: 30)

    /// The reference's own answer, with a code of its own.
    static let notConnectedDaemonStopped = Problem(
        503, "daemon_stopped", "WhatsApp is not connected", error: "Service unavailable", retryAfter: 60)

    static let daemonStopped = Problem(
        503, "daemon_stopped", "The WA-Connect service is stopped",
        error: "the daemon does not run; start it with `wa-connect ensure` (its cron job does so every minute)", retryAfter: 60)

    /// The daemon tried and stopped for a reason that a repetition does not cure.
    static func connectFailed(_ reason: SessionReason) -> Problem {
        let cure =
            switch reason {
            case .clientOutdated: "WhatsApp refuses this version as outdated; update WA-Connect or set whatsapp.version"
            case .banned: "WhatsApp has banned this account"
            case .wrongServerKey: "the server could not prove to be WhatsApp; check whatsapp.url and whatsapp.root_key"
            case .leaseHeldElsewhere: "another installation runs this session; stop it first"
            case .connectionLost: "WhatsApp cannot be reached; check that the host may open connections to port 443"
            case .pairingFailed: "the phone did not finish linking; ask again for a QR code"
            case .passkeyRequired: "the account asks for a passkey, which a linked device cannot give"
            case .loggedOut, .replaced, .manual, .badSession, .daemonStopped, .qrExpired: "ask again"
            }
        return Problem(503, reason.rawValue, "WhatsApp is not connected", error: cure, retryAfter: 30)
    }

    static let databaseUnavailable = Problem(
        503, "database_unavailable", "The database is not available",
        error: "the database cannot be reached or is busy; try again", retryAfter: 5)

    static let outcomeUnknown = Problem(
        503, "outcome_unknown", "The database was lost while the request was being stored",
        error: "it may or may not have been accepted; a repetition with the same Idempotency-Key does it at most once", retryAfter: 5)

    static let busy = Problem(
        503, "busy", "Too many requests are waiting",
        error: "the body did not come at once and as many requests as `api.waiting` allows are waiting; try again", retryAfter: 2)

    static let streamsBusy = Problem(
        503, "busy", "Too many requests are waiting",
        error: "other long answers are being read and hold the slots that `api.waiting` leaves to them; try again", retryAfter: 2)

    static func filesNotKept(_ detail: String) -> Problem {
        Problem(
            503, "media_unavailable", "Files cannot be kept now",
            error: "\(detail); media.dir must be writable for the programs, and the disk must have room", retryAfter: 60)
    }

    static let notConfigured = Problem(
        503, "not_configured", "WA-Connect is not set up",
        error: "the configuration file is missing or has a mistake; the web server's log says which, `wa-connect doctor` how to mend it",
        retryAfter: 60)

    static let databaseNotReady = Problem(
        503, "database_not_ready", "The database is not set up",
        error: "tables are missing; run `wa-connect migrate`", retryAfter: 60)

    static let internalError = Problem(
        500, "internal_error", "Internal server error", error: "unexpected; the log of the web server has the request_id")
}
