-- WA-Connect, version 11: rows that are typed in phpMyAdmin. Its form for a new row fills a column with the text of its default, so that moments are no
-- longer made by one; the daemon fills them in. And views of what an owner looks for.
-- Each step may be repeated.

SET @wa_step = (SELECT IF(COUNT(*) > 0, 'DO 0', 'ALTER TABLE wa_api_keys ADD COLUMN problem VARCHAR(255) NULL COMMENT ''What is wrong with this row; that part of it is ignored meanwhile'' AFTER active, MODIFY COLUMN created_at DATETIME(3) NULL COMMENT ''When it was made (UTC); filled in by itself''')
  FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'wa_api_keys' AND column_name = 'problem');
PREPARE wa_step FROM @wa_step;
EXECUTE wa_step;
DEALLOCATE PREPARE wa_step;

SET @wa_step = (SELECT IF(COUNT(*) > 0, 'DO 0', 'ALTER TABLE wa_webhooks ADD COLUMN problem VARCHAR(255) NULL COMMENT ''What is wrong with this row; that part of it is ignored meanwhile'' AFTER active, MODIFY COLUMN created_at DATETIME(3) NULL COMMENT ''When it was added (UTC); filled in by itself''')
  FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'wa_webhooks' AND column_name = 'problem');
PREPARE wa_step FROM @wa_step;
EXECUTE wa_step;
DEALLOCATE PREPARE wa_step;

ALTER TABLE wa_outbox
  MODIFY COLUMN next_attempt_at DATETIME(3) NULL COMMENT 'Not before (UTC); a time to come makes a scheduled message, empty = at once',
  MODIFY COLUMN created_at DATETIME(3) NULL COMMENT 'When it was accepted (UTC); filled in by itself';

SET @wa_step = (SELECT IF(COUNT(*) > 0, 'DO 0', 'ALTER TABLE wa_opt_outs MODIFY COLUMN created_at DATETIME(3) NULL COMMENT ''Since when (UTC); filled in by itself'', ADD KEY wa_opt_outs_created (created_at)')
  FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'wa_opt_outs' AND index_name = 'wa_opt_outs_created');
PREPARE wa_step FROM @wa_step;
EXECUTE wa_step;
DEALLOCATE PREPARE wa_step;

CREATE OR REPLACE SQL SECURITY INVOKER VIEW wa_usage_per_key AS
SELECT k.name AS name, k.id AS api_key_id, k.active AS active,
  COALESCE(SUM(IF(u.day = t.today, u.requests, 0)), 0) AS requests_today, k.daily_limit AS requests_allowed_a_day,
  COALESCE(SUM(IF(u.day = t.today, u.messages, 0)), 0) AS messages_today, k.daily_messages AS messages_allowed_a_day,
  COALESCE(SUM(IF(u.day = t.today, u.refusals, 0)), 0) AS refusals_today,
  COALESCE(SUM(u.requests), 0) AS requests_in_30_days, COALESCE(SUM(u.messages), 0) AS messages_in_30_days,
  COALESCE(SUM(u.refusals), 0) AS refusals_in_30_days, k.last_used_at AS last_used_at_utc
FROM wa_api_keys k
CROSS JOIN (SELECT DATE(CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', IF(problem IS NULL, COALESCE(value, default_value), default_value))) AS today
  FROM wa_settings WHERE name = 'time.offset') t
LEFT JOIN wa_key_usage u ON u.api_key_id = k.id AND u.day > t.today - INTERVAL 30 DAY
GROUP BY k.id, k.name, k.active, k.daily_limit, k.daily_messages, k.last_used_at
ORDER BY k.name, k.id;

CREATE OR REPLACE SQL SECURITY INVOKER VIEW wa_failed_deliveries AS
SELECT IF(w.name = '', w.url, w.name) AS webhook, d.event AS event, d.status AS status, d.attempts AS attempts,
  IF(d.status = 'pending', d.next_attempt_at, NULL) AS next_attempt_at_utc, d.last_status_code AS answered, d.last_error AS what_went_wrong,
  d.answer_head AS beginning_of_the_answer, d.event_at AS event_at_utc, d.body AS body, d.id AS delivery_id, w.id AS webhook_id
FROM wa_webhook_deliveries d JOIN wa_webhooks w ON w.id = d.webhook_id
WHERE d.status = 'dead' OR (d.status = 'pending' AND d.attempts > 0)
ORDER BY d.id DESC;

CREATE OR REPLACE SQL SECURITY INVOKER VIEW wa_daily_traffic AS
SELECT DATE(CONVERT_TZ(m.created_at, '+00:00', IF(t.problem IS NULL, COALESCE(t.value, t.default_value), t.default_value))) AS day,
  s.name AS session, SUM(m.direction = 'inbound') AS received, SUM(m.direction = 'outbound' AND m.status <> 'failed') AS sent,
  SUM(m.direction = 'outbound' AND m.status = 'failed') AS failed, COUNT(DISTINCT m.contact_id) AS chats
FROM wa_messages m JOIN wa_sessions s ON s.id = m.session_id CROSS JOIN wa_settings t
WHERE t.name = 'time.offset' AND m.created_at >= UTC_TIMESTAMP() - INTERVAL 30 DAY
GROUP BY day, s.name
ORDER BY day DESC, s.name;

CREATE OR REPLACE SQL SECURITY INVOKER VIEW wa_outbox_now AS
SELECT o.to_jid AS recipient, s.name AS session, o.kind AS kind,
  LEFT(JSON_UNQUOTE(JSON_EXTRACT(COALESCE(j.payload, o.payload), '$.message')), 200) AS message, o.status AS status,
  o.next_attempt_at AS not_before_utc, o.attempts AS attempts, o.error AS last_problem, o.source AS made_by, o.bulk_job_id AS bulk_job_id,
  o.created_at AS accepted_at_utc, o.id AS outbox_id
FROM wa_outbox o JOIN wa_sessions s ON s.id = o.session_id LEFT JOIN wa_bulk_jobs j ON j.id = o.bulk_job_id
WHERE o.status IN ('pending', 'working')
ORDER BY o.next_attempt_at, o.id;
