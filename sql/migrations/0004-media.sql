-- WA-Connect, version 4: pictures, videos, recordings and documents, received and sent.

CREATE TABLE IF NOT EXISTS wa_media (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'Row number',
  message_row_id BIGINT UNSIGNED NOT NULL COMMENT 'Its message in the log',
  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
  state ENUM('waiting','asked','ready','gone','refused','expired','fetched','prepared','uploaded') NOT NULL COMMENT 'Received: waiting = to be downloaded, asked = the phone was asked to upload it again, ready = here, gone = nobody has it any more, refused = too large or damaged, expired = deleted after its time. To be sent: fetched, prepared, uploaded',
  mime_type VARCHAR(255) NULL COMMENT 'Kind of file, as in image/jpeg',
  file_name VARCHAR(255) NULL COMMENT 'Name that the sender gave it',
  file_length BIGINT UNSIGNED NULL COMMENT 'Size in bytes, as the sender says until it is here',
  category VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'What its keys are made for: image, video, audio or document',
  media_key VARBINARY(65) NULL COMMENT 'Key of the file (sealed)',
  file_sha256 VARBINARY(32) NULL COMMENT 'Hash of the file',
  file_enc_sha256 VARBINARY(32) NULL COMMENT 'Hash of what lies at the media hosts',
  direct_path VARCHAR(2048) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Where it lies at the media hosts',
  url VARCHAR(2048) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Older form of that',
  local_file VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Its name below media.dir; of a file to be sent, below media.dir/outgoing',
  content MEDIUMBLOB NULL COMMENT 'A message to be sent, as it is encrypted for the recipients (sealed)',
  attempts INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Downloads that have failed',
  next_attempt_at DATETIME(3) NULL COMMENT 'When it is tried again, or given up if the phone has not answered (UTC); empty = never',
  asked_at DATETIME(3) NULL COMMENT 'When the phone was asked to upload it again, which happens once (UTC)',
  error VARCHAR(255) NULL COMMENT 'What went wrong at the last attempt',
  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When the message came or was taken up (UTC)',
  ready_at DATETIME(3) NULL COMMENT 'When the file was here (UTC)',
  PRIMARY KEY (id),
  UNIQUE KEY wa_media_message (message_row_id),
  KEY wa_media_due (session_id, next_attempt_at),
  KEY wa_media_ready (state, ready_at),
  CONSTRAINT wa_media_message FOREIGN KEY (message_row_id) REFERENCES wa_messages (id) ON DELETE CASCADE,
  CONSTRAINT wa_media_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Files of messages. Deleting a row leaves its file until the next clearing of media.dir';

INSERT IGNORE INTO wa_settings (name, default_value, description) VALUES
  ('media.disk_bytes', '2147483648', 'Disk space that received files may take in all, in bytes; the oldest go first; 0 = no limit');

UPDATE wa_settings SET description = 'Size of the largest file in bytes, sent or received' WHERE name = 'media.max_bytes';
UPDATE wa_settings SET description = 'Days that received files are kept; 0 = for ever' WHERE name = 'media.retention_days';
