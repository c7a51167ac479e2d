-- WA-Connect, version 2: groups. What is known of them, who has our keys, and who has got our messages.

CREATE TABLE IF NOT EXISTS wa_groups (
  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
  group_jid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Group',
  addressing ENUM('lid','pn') NOT NULL COMMENT 'How members are addressed: by LID or by phone number',
  participant_version VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Version of the list of members, as WhatsApp numbers it',
  is_announcement TINYINT(1) NOT NULL DEFAULT 0 COMMENT '1 = only admins may write',
  expiration_seconds INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'After how many seconds messages disappear; 0 = never',
  revision BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Counts the changes of members and of their devices',
  stale TINYINT(1) NOT NULL DEFAULT 0 COMMENT '1 = to be asked for again before the next message',
  fetched_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When WhatsApp was asked last (UTC)',
  PRIMARY KEY (session_id, group_jid),
  CONSTRAINT wa_groups_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='What is remembered of groups; may be emptied, it is fetched again';

CREATE TABLE IF NOT EXISTS wa_group_members (
  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
  group_jid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Group',
  member_jid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Member, as the group addresses them',
  other_jid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'The same person by phone number or LID',
  role ENUM('member','admin','superadmin') NOT NULL DEFAULT 'member' COMMENT 'What they may do',
  PRIMARY KEY (session_id, group_jid, member_jid),
  KEY wa_group_members_member (session_id, member_jid),
  KEY wa_group_members_other (session_id, other_jid),
  CONSTRAINT wa_group_members_group FOREIGN KEY (session_id, group_jid) REFERENCES wa_groups (session_id, group_jid) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Members of the groups';

CREATE TABLE IF NOT EXISTS wa_sender_key_devices (
  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
  group_jid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Group',
  device VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Device that our key was encrypted for',
  message_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Message that carried it',
  confirmed TINYINT(1) NOT NULL DEFAULT 0 COMMENT '1 = WhatsApp has taken that message: the device has the key',
  PRIMARY KEY (session_id, group_jid, device),
  KEY wa_sender_key_devices_message (session_id, message_id),
  CONSTRAINT wa_sender_key_devices_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Which devices have our key of a group';

CREATE TABLE IF NOT EXISTS wa_message_receipts (
  message_row_id BIGINT UNSIGNED NOT NULL COMMENT 'Message of ours to a group',
  member_jid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Member it went to',
  delivered_at DATETIME(3) NULL COMMENT 'When they got it (UTC)',
  read_at DATETIME(3) NULL COMMENT 'When they read it (UTC)',
  PRIMARY KEY (message_row_id, member_jid),
  CONSTRAINT wa_message_receipts_message FOREIGN KEY (message_row_id) REFERENCES wa_messages (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Who of a group has got and read our messages';
