-- WA-Connect, version 6: lists of any size, and which numbers are on WhatsApp.

CREATE TABLE IF NOT EXISTS wa_counts (
  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
  kind ENUM('inbound','outbound','person','group') NOT NULL COMMENT 'What is counted: messages to us, messages of ours, people, groups',
  block INT UNSIGNED NOT NULL COMMENT 'Which row numbers: block 0 is 0 to 4095, block 1 is 4096 to 8191, and so on',
  number INT UNSIGNED NOT NULL COMMENT 'How many rows have such a number',
  PRIMARY KEY (session_id, kind, block),
  KEY wa_counts_block (kind, block),
  CONSTRAINT wa_counts_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='How many rows there are, so that lists need not count them; may be emptied, they are counted again';

CREATE TABLE IF NOT EXISTS wa_numbers (
  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session that asked',
  phone_number VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Number as it was asked for, digits only',
  state ENUM('asked','registered','unknown') NOT NULL DEFAULT 'asked' COMMENT 'asked = no answer yet, unknown = not on WhatsApp',
  registered_number VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Number that WhatsApp knows the person by, which some countries write in two ways',
  lid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Hidden WhatsApp address (LID), digits only',
  asked_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When it was asked (UTC)',
  answered_at DATETIME(3) NULL COMMENT 'When WhatsApp answered (UTC)',
  PRIMARY KEY (session_id, phone_number),
  KEY wa_numbers_asked (asked_at),
  CONSTRAINT wa_numbers_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Which numbers are on WhatsApp, as it last said; may be emptied, it is asked again';

-- An index can not be made twice: what is there already is left alone.
SET @wa_step = (SELECT IF(COUNT(*) > 0, 'DO 0', 'ALTER TABLE wa_messages DROP KEY wa_messages_contact, ADD KEY wa_messages_contact (contact_id, id, direction), ADD KEY wa_messages_type (session_id, message_type, id), ADD KEY wa_messages_status (session_id, status, id), ADD KEY wa_messages_time (session_id, created_at)')
  FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'wa_messages' AND index_name = 'wa_messages_time');
PREPARE wa_step FROM @wa_step;
EXECUTE wa_step;
DEALLOCATE PREPARE wa_step;

SET @wa_step = (SELECT IF(COUNT(*) > 0, 'DO 0', 'ALTER TABLE wa_contacts ADD KEY wa_contacts_kind (session_id, is_group, last_message_at), ADD KEY wa_contacts_search (session_id, is_group, name, phone_number)')
  FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = 'wa_contacts' AND index_name = 'wa_contacts_search');
PREPARE wa_step FROM @wa_step;
EXECUTE wa_step;
DEALLOCATE PREPARE wa_step;

INSERT IGNORE INTO wa_settings (name, default_value, description) VALUES
  ('limits.checks', '200', 'Numbers an hour that contacts/check may ask WhatsApp for, remembered answers aside; more can get the number banned; 0 = unlimited');
