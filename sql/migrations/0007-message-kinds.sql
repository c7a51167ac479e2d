-- WA-Connect, version 7: every kind of message, calls, and what is asked of the daemon beside sending.

SET @wa_step = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'wa_messages' AND column_name = 'details') = 0,
  'ALTER TABLE wa_messages
    ADD COLUMN details MEDIUMTEXT NULL COMMENT ''What else is known of it, as JSON: what it answers, edits or reacts to, the particulars of its kind'',
    ADD COLUMN edited_at DATETIME(3) NULL COMMENT ''When its text was changed afterwards (UTC); the new text is a row of its own'',
    ADD COLUMN deleted_at DATETIME(3) NULL COMMENT ''When it was taken back (UTC)''', 'DO 0');
PREPARE wa_step FROM @wa_step;
EXECUTE wa_step;
DEALLOCATE PREPARE wa_step;

SET @wa_step = IF((SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'wa_contacts' AND column_name = 'expiration_seconds') = 0,
  'ALTER TABLE wa_contacts
    ADD COLUMN expiration_seconds INT UNSIGNED NOT NULL DEFAULT 0 COMMENT ''After how many seconds messages of this person disappear; 0 = never. For groups see wa_groups'',
    ADD COLUMN expiration_set_at DATETIME(3) NULL COMMENT ''When that was set (UTC)''', 'DO 0');
PREPARE wa_step FROM @wa_step;
EXECUTE wa_step;
DEALLOCATE PREPARE wa_step;

CREATE TABLE IF NOT EXISTS wa_calls (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'Row number',
  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
  contact_id BIGINT UNSIGNED NOT NULL COMMENT 'Who called',
  call_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Number that WhatsApp knows the call by',
  caller_jid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Address that the call came from',
  creator_jid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Address of who began the call',
  is_video TINYINT(1) NOT NULL DEFAULT 0 COMMENT '1 = with pictures',
  is_group TINYINT(1) NOT NULL DEFAULT 0 COMMENT '1 = with more than two people',
  status ENUM('ringing','rejected','accepted','missed','ended') NOT NULL DEFAULT 'ringing' COMMENT 'What became of it',
  reason VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Who rejected it: api, setting, elsewhere (the phone or another device)',
  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When it began (UTC)',
  ended_at DATETIME(3) NULL COMMENT 'When it was over (UTC)',
  texted_at DATETIME(3) NULL COMMENT 'When calls.reject_text was sent because of it (UTC)',
  PRIMARY KEY (id),
  UNIQUE KEY wa_calls_call (session_id, contact_id, call_id),
  KEY wa_calls_call_id (session_id, call_id),
  KEY wa_calls_contact (contact_id, texted_at),
  KEY wa_calls_created (created_at),
  CONSTRAINT wa_calls_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE,
  CONSTRAINT wa_calls_contact FOREIGN KEY (contact_id) REFERENCES wa_contacts (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Calls that came in';

CREATE TABLE IF NOT EXISTS wa_actions (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'Row number',
  session_id BIGINT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'Session',
  kind ENUM('read','typing','reject_call') NOT NULL COMMENT 'What is to be done: mark messages as read, show that somebody types, reject a call',
  payload MEDIUMTEXT NOT NULL COMMENT 'With what, as JSON',
  status ENUM('pending','done','failed') NOT NULL DEFAULT 'pending' COMMENT 'Where it stands',
  error_code VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Why it failed, one word',
  error VARCHAR(1000) NULL COMMENT 'Why it failed',
  expires_at DATETIME(3) NULL COMMENT 'Of no use after this moment (UTC)',
  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When it was asked for (UTC)',
  finished_at DATETIME(3) NULL COMMENT 'When it was done or failed (UTC)',
  PRIMARY KEY (id),
  KEY wa_actions_status (session_id, status, id),
  KEY wa_actions_created (created_at),
  CONSTRAINT wa_actions_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='What is asked of the daemon beside sending; finished rows go after a day';

CREATE TABLE IF NOT EXISTS wa_posts (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'Row number',
  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
  kind ENUM('status','channel') NOT NULL COMMENT 'status = status update of a person, channel = post of a channel',
  author_jid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Who posted it: person or channel',
  author_name VARCHAR(255) NULL COMMENT 'Name that the person chose',
  message_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Number that WhatsApp knows it by',
  message_type ENUM('text','image','document','video','audio','location','contact','sticker','reaction','poll','other') NOT NULL COMMENT 'Kind of message',
  content LONGTEXT NULL COMMENT 'Text or caption',
  details MEDIUMTEXT NULL COMMENT 'What else is known of it, as JSON',
  created_at DATETIME(3) NOT NULL COMMENT 'When it was posted (UTC)',
  deleted_at DATETIME(3) NULL COMMENT 'When its author took it back (UTC)',
  PRIMARY KEY (id),
  UNIQUE KEY wa_posts_message (session_id, author_jid, message_id),
  KEY wa_posts_kind (session_id, kind, id),
  KEY wa_posts_created (created_at),
  CONSTRAINT wa_posts_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Status updates and posts of channels, apart from the chats; only with the settings receive.statuses and receive.channels';

UPDATE wa_settings SET description = 'Reject incoming calls: yes or no' WHERE name = 'calls.reject';
UPDATE wa_settings SET description = 'Message sent to people whose call was rejected by this setting, once in 12 hours; empty = none' WHERE name = 'calls.reject_text';
UPDATE wa_settings SET description = 'Take in status updates, into the table wa_posts: yes or no' WHERE name = 'receive.statuses';
UPDATE wa_settings SET description = 'Take in posts of channels, into the table wa_posts: yes or no' WHERE name = 'receive.channels';
