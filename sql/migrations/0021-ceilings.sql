-- WA-Connect, version 21: a ceiling for the tables, and what the daemon has to say about a ceiling.
-- Each step may be repeated.

ALTER TABLE wa_settings
  ADD COLUMN note VARCHAR(255) NULL COMMENT 'What the daemon found: a ceiling is near' AFTER problem,
  ADD COLUMN mailed_at DATETIME(3) NULL COMMENT 'When the owner was told of the note by mail (UTC)' AFTER note;

INSERT IGNORE INTO wa_settings (name, default_value, description) VALUES
  ('database.max_bytes', '8589934592', 'Size of all tables in bytes from which on the oldest messages and webhook deliveries are deleted before their time; 0 = no limit');

UPDATE wa_settings SET description = 'Mail address that is told when WhatsApp logs the number out, a webhook has failed for an hour, or disk or tables are nearly full; empty = none' WHERE name = 'mail.to';
