-- WA-Connect, version 8: messages to many, usage of keys, headers of webhooks.
-- Each ALTER is one step that happens or does not; one that has happened already is passed over.

ALTER TABLE wa_bulk_jobs
  MODIFY COLUMN status ENUM('pending','working','paused','done','cancelled') NOT NULL DEFAULT 'pending' COMMENT 'Where it stands; may be set to paused, from there to working, and to cancelled, which stops what is not yet sent',
  MODIFY COLUMN payload JSON NOT NULL COMMENT 'The message as JSON, for all recipients',
  MODIFY COLUMN failed INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Failed';

ALTER TABLE wa_bulk_jobs
  ADD COLUMN kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'text' COMMENT 'Kind of message' AFTER status,
  ADD COLUMN cancelled INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Cancelled before they were sent' AFTER failed,
  ADD COLUMN next_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'The next message not before (UTC)' AFTER delay_ms,
  ADD KEY wa_bulk_jobs_created (created_at);

ALTER TABLE wa_outbox
  MODIFY COLUMN payload JSON NOT NULL COMMENT 'The message as JSON; for a text: JSON_OBJECT(''message'', ''Hello''). Rows of a bulk have theirs in wa_bulk_jobs',
  DROP KEY wa_outbox_due,
  ADD KEY wa_outbox_due (session_id, status, bulk_job_id, next_attempt_at);

ALTER TABLE wa_outbox
  ADD COLUMN given_to VARCHAR(600) NULL COMMENT 'In a bulk, the recipient as the request had it, as JSON' AFTER bulk_position,
  ADD KEY wa_outbox_bulk_due (bulk_job_id, status, next_attempt_at, bulk_position);

ALTER TABLE wa_webhooks
  ADD COLUMN headers VARCHAR(2000) NULL COMMENT 'Headers to add to every request, one a line: Authorization: Bearer abc' AFTER secret;

ALTER TABLE wa_webhook_deliveries
  ADD KEY wa_webhook_deliveries_turn (webhook_id, status, id, next_attempt_at);

CREATE TABLE IF NOT EXISTS wa_key_usage (
  api_key_id BIGINT UNSIGNED NOT NULL COMMENT 'Key',
  day DATE NOT NULL COMMENT 'Day in the time zone of the setting time.offset',
  requests INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Requests that were let in; counted against the daily limit of the key',
  messages INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Messages that were accepted; counted against daily_messages of the key',
  refusals INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Requests that were refused: a limit, a missing permission, an address that may not',
  PRIMARY KEY (api_key_id, day),
  KEY wa_key_usage_day (day),
  CONSTRAINT wa_key_usage_key FOREIGN KEY (api_key_id) REFERENCES wa_api_keys (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='What each key did each day';

UPDATE wa_settings SET description = 'Recipients of one bulk' WHERE name = 'bulk.max_recipients';

UPDATE wa_settings SET description = 'Pause between the messages of a bulk in milliseconds, 0 to 60000, where the request names none' WHERE name = 'bulk.pace_ms';
