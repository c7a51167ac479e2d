-- WA-Connect, version 5: the settings that the devices of an account share, tokens between people, and the history of the phone.

CREATE TABLE IF NOT EXISTS wa_app_state_keys (
  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
  key_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Number of the key, hexadecimal',
  key_data VARBINARY(65) NULL COMMENT 'Key (sealed); empty while the phone is asked for it',
  fingerprint BLOB NULL COMMENT 'Which devices had the key when it was made',
  key_at BIGINT NOT NULL DEFAULT 0 COMMENT 'When the phone made it (Unix milliseconds)',
  asked_at DATETIME(3) NULL COMMENT 'When the phone was asked for it last (UTC)',
  PRIMARY KEY (session_id, key_id),
  CONSTRAINT wa_app_state_keys_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Keys of the settings that the devices of an account share; never delete any';

CREATE TABLE IF NOT EXISTS wa_app_state (
  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
  collection VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Which part of the settings',
  version BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Version that is known; 0 = none',
  hash VARBINARY(128) NOT NULL COMMENT 'Sum over all values, as WhatsApp makes it',
  status ENUM('in_order','doubtful','read_only') NOT NULL DEFAULT 'in_order' COMMENT 'doubtful = a sum was wrong, everything is fetched once more; read_only = wrong again: read, never written',
  missing_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Key that reading on waits for',
  synced_at DATETIME(3) NULL COMMENT 'When it was last up to date (UTC)',
  PRIMARY KEY (session_id, collection),
  CONSTRAINT wa_app_state_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE,
  CONSTRAINT wa_app_state_hash CHECK (LENGTH(hash) = 128)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='How far the shared settings are known';

CREATE TABLE IF NOT EXISTS wa_app_state_values (
  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
  collection VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Which part of the settings',
  index_mac BINARY(32) NOT NULL COMMENT 'Stands for what is set',
  value_mac BINARY(32) NOT NULL COMMENT 'Stands for its value',
  version BIGINT UNSIGNED NOT NULL COMMENT 'Version that brought it',
  PRIMARY KEY (session_id, collection, index_mac),
  CONSTRAINT wa_app_state_values_collection FOREIGN KEY (session_id, collection) REFERENCES wa_app_state (session_id, collection) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='What the sums over the shared settings are made of';

CREATE TABLE IF NOT EXISTS wa_privacy_tokens (
  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
  lid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Person, by LID, digits only; 0 = the own salt that stands in for tokens',
  token VARBINARY(1024) NULL COMMENT 'Token that they gave us (sealed)',
  token_at BIGINT NULL COMMENT 'When they made it (Unix seconds)',
  given_at BIGINT NULL COMMENT 'When we last gave them one (Unix seconds)',
  PRIMARY KEY (session_id, lid),
  CONSTRAINT wa_privacy_tokens_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Tokens with which WhatsApp tells acquaintances from strangers';

CREATE TABLE IF NOT EXISTS wa_history_parts (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'Row number',
  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
  message_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Message that brought it',
  notice MEDIUMBLOB NULL COMMENT 'Where the part lies and how to open it (sealed); empty when it was taken in',
  status ENUM('pending','taken','failed') NOT NULL DEFAULT 'pending' COMMENT 'taken = all of it is stored, the phone is to be told',
  attempts INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'How often it was tried',
  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When it came (UTC)',
  PRIMARY KEY (id),
  UNIQUE KEY wa_history_parts_message (session_id, message_id),
  KEY wa_history_parts_due (session_id, status, id),
  CONSTRAINT wa_history_parts_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Parts of the history that the phone hands over after linking';
