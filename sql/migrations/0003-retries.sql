-- WA-Connect, version 3: messages that one side could not read and that were asked for again.

CREATE TABLE IF NOT EXISTS wa_retries (
  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
  kind ENUM('asked','served') NOT NULL COMMENT 'asked = we could not read a message, served = a device could not read one of ours',
  device VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Device of the other side',
  message_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Number that WhatsApp knows the message by',
  attempts INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'How often it was asked for, or sent again',
  base_key VARBINARY(32) NULL COMMENT 'What named the encryption state when it was sent for the second request',
  recreated_at DATETIME(3) NULL COMMENT 'When a new encryption state was begun for it with keys from WhatsApp (UTC)',
  updated_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'Last change (UTC)',
  PRIMARY KEY (session_id, kind, device, message_id),
  KEY wa_retries_updated (updated_at),
  CONSTRAINT wa_retries_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Messages that could not be read at first; may be emptied';
