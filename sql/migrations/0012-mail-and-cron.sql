-- WA-Connect, version 12: mail to the owner, and a daemon that comes and goes.
-- Each ALTER is one step that happens or does not; one that has happened already is passed over.

ALTER TABLE wa_sessions
  ADD COLUMN mailed_reason VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Reason of which the owner was told by mail' AFTER reason;

ALTER TABLE wa_webhooks
  ADD COLUMN mailed_at DATETIME(3) NULL COMMENT 'When the owner was told by mail that it fails (UTC)' AFTER failing_since;

UPDATE wa_settings SET description = 'Mail address that is told when WhatsApp logs the number out, or a webhook has failed for an hour; empty = none' WHERE name = 'mail.to';

UPDATE wa_settings SET description = 'resident = always running; cron = started by the cron job, leaves when all is done, for hosts that end programs that stay' WHERE name = 'daemon.mode';
