package import Model

/// What a daemon that leaves when everything is done still has before it.
package struct OpenWork: Sendable, Equatable {
    /// A QR or a code is shown, or about to be.
    package var isLinking: Bool
    /// A linked number is not connected yet.
    package var isConnecting: Bool
    /// Messages, webhook deliveries, questions, files or history that are due now.
    package var isDue: Bool
    /// Row number of the newest message: it grows while others come in.
    package var newestMessage: Int64

    package init(isLinking: Bool = false, isConnecting: Bool = false, isDue: Bool = false, newestMessage: Int64 = 0) {
        self.isLinking = isLinking
        self.isConnecting = isConnecting
        self.isDue = isDue
        self.newestMessage = newestMessage
    }
}

extension Database {
    package func openWork(now: Timestamp) throws(StoreError) -> OpenWork {
        let found = try run(
            """
            SELECT
            EXISTS(SELECT 1 FROM wa_sessions WHERE status IN ('qr_ready', 'pairing_code') OR wanted = 'logged_out'
              OR (status = 'connecting' AND jid IS NULL)) AS linking,
            EXISTS(SELECT 1 FROM wa_sessions WHERE wanted = 'connected' AND jid IS NOT NULL AND (status = 'connecting'
              OR (status = 'disconnected' AND COALESCE(reason, 'daemon_stopped') IN ('daemon_stopped', 'connection_lost')))) AS connecting,
            EXISTS(SELECT 1 FROM wa_outbox o JOIN wa_sessions s ON s.id = o.session_id LEFT JOIN wa_bulk_jobs j ON j.id = o.bulk_job_id
              WHERE s.status = 'connected' AND o.status IN ('pending', 'working') AND (o.next_attempt_at IS NULL OR o.next_attempt_at <= ?)
              AND COALESCE(j.status, 'pending') <> 'paused')
            OR EXISTS(SELECT 1 FROM wa_webhook_deliveries d JOIN wa_webhooks w ON w.id = d.webhook_id
              WHERE w.active = 1 AND d.status = 'pending' AND d.next_attempt_at <= ?)
            OR EXISTS(SELECT 1 FROM wa_actions a WHERE a.status = 'pending' AND (a.expires_at IS NULL OR a.expires_at > ?))
            OR EXISTS(SELECT 1 FROM wa_media f WHERE f.state = 'waiting' AND f.next_attempt_at <= ?)
            OR EXISTS(SELECT 1 FROM wa_history_parts h WHERE h.status = 'pending') AS due,
            COALESCE((SELECT MAX(id) FROM wa_messages), 0) AS newest
            """, [.moment(now), .moment(now), .moment(now), .moment(now)]
        ).rows.first
        guard let found else { return OpenWork() }
        return OpenWork(
            isLinking: try found.flag("linking"), isConnecting: try found.flag("connecting"), isDue: try found.flag("due"),
            newestMessage: try found.integer("newest"))
    }
}
