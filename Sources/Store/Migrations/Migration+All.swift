// Made from sql/migrations by `make generate`. Do not edit.
// swift-format-ignore-file
extension Migration {
    /// Every step, oldest first.
    package static let all: [Migration] = [
        Migration(
            version: 1, name: "first-tables",
            sql: ##"""
                -- WA-Connect, tables of version 1. For MariaDB 10.6 or later and MySQL 8.0 or later.
                -- Times are UTC. Binary columns hold keys or encrypted data and are not meant to be edited.

                CREATE TABLE IF NOT EXISTS wa_schema (
                  version INT UNSIGNED NOT NULL COMMENT 'Number of the migration',
                  name VARCHAR(100) NOT NULL COMMENT 'What the migration did',
                  applied_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When it was applied (UTC)',
                  PRIMARY KEY (version)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Which versions of these tables are installed';

                CREATE TABLE IF NOT EXISTS wa_sessions (
                  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'Row number; 1 is the session named default',
                  name VARCHAR(64) NOT NULL COMMENT 'Name of the session; one session is one WhatsApp number',
                  status ENUM('disconnected','connecting','qr_ready','pairing_code','connected') NOT NULL DEFAULT 'disconnected' COMMENT 'Where the session stands now (written by the daemon)',
                  reason VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Why it is not connected',
                  wanted ENUM('disconnected','connected','logged_out') NOT NULL DEFAULT 'disconnected' COMMENT 'What the owner wants; the daemon obeys. logged_out unlinks the device',
                  jid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Own WhatsApp address with device number',
                  lid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Own hidden WhatsApp address (LID) with device number',
                  phone_number VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Own phone number, digits only',
                  push_name VARCHAR(255) NULL COMMENT 'Own name as other people see it',
                  business_name VARCHAR(255) NULL COMMENT 'Verified business name, for business accounts',
                  platform VARCHAR(64) NULL COMMENT 'System of the phone that the session is linked to',
                  connected_at DATETIME(3) NULL COMMENT 'Connected since (UTC)',
                  last_seen_at DATETIME(3) NULL COMMENT 'When WhatsApp was last heard of (UTC)',
                  qr VARCHAR(1024) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Text of the QR code to scan now',
                  qr_expires_at DATETIME(3) NULL COMMENT 'When that QR code ends (UTC)',
                  pairing_phone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Phone number for which a pairing code was asked',
                  pairing_code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Code to type into the phone now',
                  lease_owner VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Which daemon runs the session',
                  lease_expires_at DATETIME(3) NULL COMMENT 'Until when, unless it renews (UTC)',
                  fence BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Counts the owners, so that an old one can not write any more',
                  generation BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Compared with the run directory to notice a restored backup',
                  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When the session was added (UTC)',
                  PRIMARY KEY (id),
                  UNIQUE KEY wa_sessions_name (name)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='The WhatsApp numbers of this installation';

                CREATE TABLE IF NOT EXISTS wa_credentials (
                  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
                  registration_id INT UNSIGNED NOT NULL COMMENT 'Random number that identifies this installation to other devices',
                  noise_private VARBINARY(65) NOT NULL COMMENT 'Key of the connection (sealed)',
                  identity_private VARBINARY(65) NOT NULL COMMENT 'Identity key (sealed); losing it means pairing again',
                  adv_secret VARBINARY(65) NOT NULL COMMENT 'Secret shown in the QR code (sealed)',
                  signed_pre_key_id INT UNSIGNED NULL COMMENT 'Signed pre-key in use',
                  next_pre_key_id INT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'Number of the next one-time key, 1 to 16777215',
                  account BLOB NULL COMMENT 'Proof by the phone that this device belongs to the account; empty until paired',
                  routing_info VARBINARY(1024) NULL COMMENT 'Where WhatsApp wants this device to connect',
                  paired_at DATETIME(3) NULL COMMENT 'When a phone scanned the code (UTC)',
                  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When the keys were made (UTC)',
                  PRIMARY KEY (session_id),
                  CONSTRAINT wa_credentials_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE,
                  CONSTRAINT wa_credentials_keys CHECK (LENGTH(noise_private) = 65 AND LENGTH(identity_private) = 65 AND LENGTH(adv_secret) = 65),
                  CONSTRAINT wa_credentials_ids CHECK (next_pre_key_id BETWEEN 1 AND 16777215)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Keys of each linked device. Never copy or edit';

                CREATE TABLE IF NOT EXISTS wa_signed_pre_keys (
                  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
                  key_id INT UNSIGNED NOT NULL COMMENT 'Number of the key, 1 to 16777215',
                  private_key VARBINARY(65) NOT NULL COMMENT 'Key (sealed)',
                  signature VARBINARY(64) NOT NULL COMMENT 'Signature by the identity key',
                  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When it was made (UTC)',
                  PRIMARY KEY (session_id, key_id),
                  CONSTRAINT wa_signed_pre_keys_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE,
                  CONSTRAINT wa_signed_pre_keys_lengths CHECK (LENGTH(private_key) = 65 AND LENGTH(signature) = 64),
                  CONSTRAINT wa_signed_pre_keys_ids CHECK (key_id BETWEEN 1 AND 16777215)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Keys with which other people begin conversations; old ones stay for late messages';

                CREATE TABLE IF NOT EXISTS wa_pre_keys (
                  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
                  key_id INT UNSIGNED NOT NULL COMMENT 'Number of the key, 1 to 16777215',
                  private_key VARBINARY(65) NOT NULL COMMENT 'Key (sealed)',
                  uploaded TINYINT(1) NOT NULL DEFAULT 0 COMMENT '1 = WhatsApp has confirmed that it holds the public half',
                  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When it was made (UTC)',
                  PRIMARY KEY (session_id, key_id),
                  KEY wa_pre_keys_uploaded (session_id, uploaded, key_id),
                  CONSTRAINT wa_pre_keys_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE,
                  CONSTRAINT wa_pre_keys_lengths CHECK (LENGTH(private_key) = 65),
                  CONSTRAINT wa_pre_keys_ids CHECK (key_id BETWEEN 1 AND 16777215)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='One-time keys with which other people begin conversations';

                CREATE TABLE IF NOT EXISTS wa_signal_sessions (
                  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
                  address VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Device of the other side',
                  record MEDIUMBLOB NOT NULL COMMENT 'State of the encryption with that device (sealed)',
                  updated_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'Last change (UTC)',
                  PRIMARY KEY (session_id, address),
                  CONSTRAINT wa_signal_sessions_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Encryption state for each device that messages were exchanged with';

                CREATE TABLE IF NOT EXISTS wa_signal_identities (
                  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
                  address VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Device of the other side',
                  identity_key VARBINARY(32) NOT NULL COMMENT 'Its public identity key',
                  updated_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'Last change (UTC)',
                  PRIMARY KEY (session_id, address),
                  CONSTRAINT wa_signal_identities_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE,
                  CONSTRAINT wa_signal_identities_length CHECK (LENGTH(identity_key) = 32)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Public identity keys of other devices';

                CREATE TABLE IF NOT EXISTS wa_sender_keys (
                  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
                  group_jid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Group',
                  sender VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Device that writes with this key',
                  record MEDIUMBLOB NOT NULL COMMENT 'State of the encryption (sealed)',
                  updated_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'Last change (UTC)',
                  PRIMARY KEY (session_id, group_jid, sender),
                  CONSTRAINT wa_sender_keys_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Encryption state of groups';

                CREATE TABLE IF NOT EXISTS wa_devices (
                  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
                  user_jid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Person, as WhatsApp addresses them',
                  devices TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Their devices: numbers with key index, as in 0 5:3',
                  raw_id INT UNSIGNED NULL COMMENT 'Number of the signed list',
                  key_index_at BIGINT UNSIGNED NULL COMMENT 'Time stamp of the signed list (Unix seconds)',
                  fetched_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When the list was fetched (UTC)',
                  PRIMARY KEY (session_id, user_jid),
                  CONSTRAINT wa_devices_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Remembered device lists; may be emptied, they are fetched again';

                CREATE TABLE IF NOT EXISTS wa_contacts (
                  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'Row number',
                  name VARCHAR(255) NULL COMMENT 'Name to show: from the address book, else the one the person chose',
                  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
                  phone_number VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Phone number, digits only',
                  lid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Hidden WhatsApp address (LID), digits only',
                  group_jid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Address of a group, list or channel',
                  push_name VARCHAR(255) NULL COMMENT 'Name that the person chose for themselves',
                  saved_name VARCHAR(255) NULL COMMENT 'Name in the address book of the phone, or the subject of the group',
                  is_group TINYINT(1) NOT NULL DEFAULT 0 COMMENT '1 = group',
                  message_count INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Messages in this chat',
                  last_message_at DATETIME(3) NULL COMMENT 'Last message in this chat (UTC)',
                  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When the contact was first seen (UTC)',
                  PRIMARY KEY (id),
                  UNIQUE KEY wa_contacts_phone_number (session_id, phone_number),
                  UNIQUE KEY wa_contacts_lid (session_id, lid),
                  UNIQUE KEY wa_contacts_group_jid (session_id, group_jid),
                  KEY wa_contacts_last_message (session_id, last_message_at),
                  CONSTRAINT wa_contacts_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE,
                  CONSTRAINT wa_contacts_address CHECK (phone_number IS NOT NULL OR lid IS NOT NULL OR group_jid IS NOT NULL)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='People and groups';

                CREATE TABLE IF NOT EXISTS wa_api_keys (
                  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'Row number',
                  name VARCHAR(100) NOT NULL COMMENT 'What the key is for',
                  key_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SHA2(the key, 256): 64 hex digits in lower case. The key itself is stored nowhere',
                  permissions VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '*' COMMENT 'Comma-separated: session:read, session:manage, messages:read, messages:send, contacts:read, contacts:manage, webhooks:manage; * = all',
                  session_id BIGINT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'Session that the key works with',
                  active TINYINT(1) NOT NULL DEFAULT 1 COMMENT '0 = refused',
                  expires_at DATETIME(3) NULL COMMENT 'Refused from then on (UTC); empty = never',
                  daily_limit INT UNSIGNED NOT NULL DEFAULT 1000 COMMENT 'Requests a day; 0 = unlimited',
                  general_limit INT UNSIGNED NULL COMMENT 'Requests per 15 minutes; empty = the setting limits.general, 0 = unlimited',
                  send_limit INT UNSIGNED NULL COMMENT 'Send requests a minute; empty = the setting limits.send, 0 = unlimited',
                  daily_messages INT UNSIGNED NULL COMMENT 'Messages a day; empty = unlimited',
                  allowed_ips VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Comma-separated addresses or networks that may use the key; empty = all',
                  last_used_at DATETIME(3) NULL COMMENT 'Last use (UTC)',
                  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When it was made (UTC)',
                  PRIMARY KEY (id),
                  UNIQUE KEY wa_api_keys_key_hash (key_hash),
                  KEY wa_api_keys_session (session_id),
                  CONSTRAINT wa_api_keys_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE,
                  CONSTRAINT wa_api_keys_hash_form CHECK (LENGTH(key_hash) = 64 AND key_hash = LOWER(key_hash))
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Keys for the API. A row needs only a name and a key_hash';

                CREATE TABLE IF NOT EXISTS wa_messages (
                  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'Row number',
                  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
                  own_jid VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Own WhatsApp address at that time; empty while not paired',
                  contact_id BIGINT UNSIGNED NOT NULL COMMENT 'Chat: the person or group',
                  participant_contact_id BIGINT UNSIGNED NULL COMMENT 'In groups, who wrote it',
                  sender_id BIGINT UNSIGNED NOT NULL COMMENT 'Contact who wrote it; 0 = this account',
                  message_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Number that WhatsApp knows the message by',
                  direction ENUM('inbound','outbound') NOT NULL COMMENT 'inbound = to us',
                  source ENUM('api','phone','sql','bulk','history','contact') NOT NULL COMMENT 'Who made it: the API, the phone, a row in wa_outbox, a bulk, the history of the phone, somebody else',
                  message_type ENUM('text','image','document','video','audio','location','contact','sticker','reaction','poll','other') NOT NULL COMMENT 'Kind of message',
                  content LONGTEXT NULL COMMENT 'Text, caption, place or name',
                  status ENUM('pending','sent','delivered','read','failed','received') NOT NULL COMMENT 'Where the message stands',
                  error_code VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Why it failed, one word',
                  error VARCHAR(1000) NULL COMMENT 'Why it failed',
                  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When it was accepted or written (UTC)',
                  sent_at DATETIME(3) NULL COMMENT 'When WhatsApp took it (UTC)',
                  delivered_at DATETIME(3) NULL COMMENT 'When it was delivered (UTC)',
                  read_at DATETIME(3) NULL COMMENT 'When it was read (UTC)',
                  retry_copy MEDIUMBLOB NULL COMMENT 'The message as it was sent, for devices that ask again (sealed)',
                  message_secret VARBINARY(255) NULL COMMENT 'Key for votes and reactions on this message (sealed)',
                  PRIMARY KEY (id),
                  UNIQUE KEY wa_messages_message (session_id, contact_id, sender_id, message_id),
                  KEY wa_messages_message_id (session_id, message_id),
                  KEY wa_messages_log (session_id, id),
                  KEY wa_messages_direction (session_id, direction, id),
                  KEY wa_messages_contact (contact_id, id),
                  KEY wa_messages_participant (participant_contact_id),
                  KEY wa_messages_created (created_at),
                  CONSTRAINT wa_messages_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE,
                  CONSTRAINT wa_messages_contact FOREIGN KEY (contact_id) REFERENCES wa_contacts (id) ON DELETE CASCADE,
                  CONSTRAINT wa_messages_participant FOREIGN KEY (participant_contact_id) REFERENCES wa_contacts (id) ON DELETE SET NULL
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='The log of messages';

                CREATE TABLE IF NOT EXISTS wa_bulk_jobs (
                  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'Row number',
                  session_id BIGINT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'Session',
                  api_key_id BIGINT UNSIGNED NULL COMMENT 'Key that asked for it',
                  status ENUM('pending','working','done','cancelled') NOT NULL DEFAULT 'pending' COMMENT 'Where it stands; cancelled stops what is not yet sent',
                  payload JSON NOT NULL COMMENT 'The message, as JSON',
                  total INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Recipients',
                  successful INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Sent',
                  failed INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Failed',
                  delay_ms INT UNSIGNED NOT NULL DEFAULT 1000 COMMENT 'Pause between messages in milliseconds',
                  idempotency_key VARCHAR(128) COLLATE utf8mb4_bin NULL COMMENT 'Idempotency-Key of the request',
                  content_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Digest of what the request asked for',
                  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When it was accepted (UTC)',
                  finished_at DATETIME(3) NULL COMMENT 'When it was finished (UTC)',
                  PRIMARY KEY (id),
                  UNIQUE KEY wa_bulk_jobs_idempotency (api_key_id, idempotency_key),
                  KEY wa_bulk_jobs_status (session_id, status, id),
                  CONSTRAINT wa_bulk_jobs_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE,
                  CONSTRAINT wa_bulk_jobs_api_key FOREIGN KEY (api_key_id) REFERENCES wa_api_keys (id) ON DELETE SET NULL
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Messages to many recipients';

                CREATE TABLE IF NOT EXISTS wa_outbox (
                  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'Row number',
                  to_jid VARCHAR(128) NOT NULL COMMENT 'Recipient: phone number, or WhatsApp address',
                  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'text' COMMENT 'Kind of message',
                  payload JSON NOT NULL COMMENT 'The message as JSON; for a text: JSON_OBJECT(''message'', ''Hello'')',
                  status ENUM('pending','working','sent','failed','cancelled') NOT NULL DEFAULT 'pending' COMMENT 'Where it stands; a pending row may be set to cancelled',
                  session_id BIGINT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'Session that sends it',
                  message_row_id BIGINT UNSIGNED NULL COMMENT 'Its row in the log',
                  source ENUM('api','phone','sql','bulk','history','contact') NOT NULL DEFAULT 'sql' COMMENT 'Who made it',
                  attempts INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'How often it was tried',
                  next_attempt_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'Not before (UTC); a time to come makes a scheduled message',
                  stanza MEDIUMBLOB NULL COMMENT 'The encrypted bytes, kept until WhatsApp has them',
                  error_code VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Why it failed, one word',
                  error VARCHAR(1000) NULL COMMENT 'Why it failed',
                  api_key_id BIGINT UNSIGNED NULL COMMENT 'Key that asked for it',
                  idempotency_key VARCHAR(128) COLLATE utf8mb4_bin NULL COMMENT 'Idempotency-Key of the request',
                  content_digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Digest of what the request asked for',
                  bulk_job_id BIGINT UNSIGNED NULL COMMENT 'Bulk that it belongs to',
                  bulk_position INT UNSIGNED NULL COMMENT 'Its place in the bulk, from 0',
                  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When it was accepted (UTC)',
                  finished_at DATETIME(3) NULL COMMENT 'When it was sent or failed (UTC)',
                  PRIMARY KEY (id),
                  UNIQUE KEY wa_outbox_idempotency (api_key_id, idempotency_key),
                  KEY wa_outbox_due (session_id, status, next_attempt_at),
                  KEY wa_outbox_message (message_row_id),
                  KEY wa_outbox_bulk (bulk_job_id, bulk_position),
                  KEY wa_outbox_created (created_at),
                  CONSTRAINT wa_outbox_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE,
                  CONSTRAINT wa_outbox_message FOREIGN KEY (message_row_id) REFERENCES wa_messages (id) ON DELETE CASCADE,
                  CONSTRAINT wa_outbox_api_key FOREIGN KEY (api_key_id) REFERENCES wa_api_keys (id) ON DELETE SET NULL,
                  CONSTRAINT wa_outbox_bulk FOREIGN KEY (bulk_job_id) REFERENCES wa_bulk_jobs (id) ON DELETE CASCADE
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Messages to send. A row needs only to_jid and payload';

                CREATE TABLE IF NOT EXISTS wa_opt_outs (
                  phone_number VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Phone number with country code, digits only',
                  reason VARCHAR(255) NULL COMMENT 'Why, for your own notes',
                  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'Since when (UTC)',
                  PRIMARY KEY (phone_number),
                  CONSTRAINT wa_opt_outs_digits CHECK (phone_number REGEXP '^[0-9]+$')
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Numbers that nothing is ever sent to';

                CREATE TABLE IF NOT EXISTS wa_rate_counters (
                  subject VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'API key or client address',
                  class VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Which limit',
                  hits INT UNSIGNED NOT NULL COMMENT 'Requests in this window',
                  ends_at DATETIME(3) NOT NULL COMMENT 'When the window ends (UTC)',
                  PRIMARY KEY (subject, class),
                  KEY wa_rate_counters_ends (ends_at)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Counts requests for the limits; may be emptied';

                CREATE TABLE IF NOT EXISTS wa_settings (
                  name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Setting',
                  value VARCHAR(2000) NULL COMMENT 'Your value; empty (NULL) = the default',
                  default_value VARCHAR(2000) NOT NULL COMMENT 'What holds while there is no value of yours',
                  description VARCHAR(500) NOT NULL COMMENT 'What it does',
                  problem VARCHAR(255) NULL COMMENT 'What is wrong with your value; it is ignored meanwhile',
                  PRIMARY KEY (name)
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Settings; a change takes effect within five seconds';

                CREATE TABLE IF NOT EXISTS wa_webhooks (
                  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'Row number',
                  name VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'What it is for',
                  url VARCHAR(2000) NOT NULL COMMENT 'Where events are posted to',
                  events SET('*','message.received','message.sent','message.status','connection.connected','connection.disconnected','connection.qr_ready','call.incoming','call.rejected') NOT NULL DEFAULT '*' COMMENT 'Which events; * = all',
                  secret VARCHAR(255) COLLATE utf8mb4_bin NULL COMMENT 'Secret for the signature, as typed; empty = no signature',
                  active TINYINT(1) NOT NULL DEFAULT 1 COMMENT '0 = nothing is sent',
                  session_id BIGINT UNSIGNED NULL COMMENT 'Only events of this session; empty = of all',
                  last_sequence BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Number of the last event',
                  failing_since DATETIME(3) NULL COMMENT 'Not one delivery has worked since (UTC); empty = all well',
                  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When it was added (UTC)',
                  PRIMARY KEY (id),
                  KEY wa_webhooks_session (session_id),
                  CONSTRAINT wa_webhooks_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Addresses that are told about events. A row needs only a url';

                CREATE TABLE IF NOT EXISTS wa_webhook_deliveries (
                  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'Row number',
                  event VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Event',
                  event_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Number of the event, the same at every attempt',
                  webhook_id BIGINT UNSIGNED NOT NULL COMMENT 'Webhook',
                  session_id BIGINT UNSIGNED NULL COMMENT 'Session; empty for a test',
                  chat BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Contact whose events keep their order; 0 = none',
                  sequence BIGINT UNSIGNED NOT NULL COMMENT 'Counts the events of the webhook',
                  body LONGTEXT NOT NULL COMMENT 'What is posted, byte for byte',
                  status ENUM('pending','delivered','dead') NOT NULL DEFAULT 'pending' COMMENT 'dead = given up after the last retry',
                  attempts INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'How often it was tried',
                  next_attempt_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'Next attempt (UTC)',
                  last_status_code SMALLINT UNSIGNED NULL COMMENT 'HTTP status of the last answer',
                  last_error VARCHAR(255) NULL COMMENT 'What went wrong at the last attempt',
                  answer_head VARCHAR(1000) NULL COMMENT 'Beginning of the last answer',
                  event_at DATETIME(3) NOT NULL COMMENT 'When the event happened (UTC)',
                  created_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)) COMMENT 'When it was queued (UTC)',
                  delivered_at DATETIME(3) NULL COMMENT 'When it was delivered (UTC)',
                  PRIMARY KEY (id),
                  KEY wa_webhook_deliveries_due (status, next_attempt_at),
                  KEY wa_webhook_deliveries_order (webhook_id, chat, status, id),
                  KEY wa_webhook_deliveries_session (session_id),
                  KEY wa_webhook_deliveries_created (created_at),
                  CONSTRAINT wa_webhook_deliveries_webhook FOREIGN KEY (webhook_id) REFERENCES wa_webhooks (id) ON DELETE CASCADE,
                  CONSTRAINT wa_webhook_deliveries_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Events on their way to the webhooks';

                INSERT IGNORE INTO wa_sessions (id, name) VALUES (1, 'default');

                INSERT IGNORE INTO wa_settings (name, default_value, description) VALUES
                  ('limits.general', '100', 'Requests per 15 minutes and API key, for all calls but the sending ones'),
                  ('limits.send', '30', 'Sending requests per minute and API key'),
                  ('time.offset', '+00:00', 'Your time zone as an offset, such as +04:00: days of the daily limit begin at its midnight'),
                  ('cors.origins', '', 'Web pages of other addresses that may call the API from a browser, comma-separated'),
                  ('numbers.default_country', '', 'Country code put in place of a leading 0 of phone numbers, such as 968'),
                  ('bulk.max_recipients', '1000', 'Recipients of one bulk (this version does not use it yet)'),
                  ('bulk.pace_ms', '1000', 'Pause between the messages of a bulk in milliseconds, where the request names none (this version does not use it yet)'),
                  ('media.max_bytes', '104857600', 'Size of the largest file in bytes (this version does not use it yet)'),
                  ('media.retention_days', '30', 'Days that received files are kept; 0 = for ever (this version does not use it yet)'),
                  ('messages.retention_days', '0', 'Days that messages are kept; 0 = for ever'),
                  ('webhooks.retention_days', '30', 'Days that finished webhook deliveries are kept; 0 = for ever'),
                  ('webhooks.retry_schedule', '10s,1m,5m,30m,2h,6h,24h', 'Pauses before each further attempt of a webhook'),
                  ('calls.reject', 'no', 'Reject incoming calls: yes or no (this version does not use it yet)'),
                  ('calls.reject_text', '', 'Message sent to people whose call was rejected; empty = none (this version does not use it yet)'),
                  ('receive.statuses', 'no', 'Take in status updates: yes or no (this version does not use it yet)'),
                  ('receive.channels', 'no', 'Take in posts of channels: yes or no (this version does not use it yet)'),
                  ('receipts.read', 'no', 'Show senders that their messages were read: yes or no'),
                  ('mail.to', '', 'Mail address that is told when a webhook keeps failing or WhatsApp logs out; empty = none (this version does not use it yet)'),
                  ('daemon.mode', 'resident', 'resident = always running, cron = started every few minutes (this version does not use it yet)'),
                  ('whatsapp.version', '', 'Version of WhatsApp Web to present; empty = built-in');
                """##),
        Migration(
            version: 2, name: "groups",
            sql: ##"""
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
                """##),
        Migration(
            version: 3, name: "retries",
            sql: ##"""
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
                """##),
        Migration(
            version: 4, name: "media",
            sql: ##"""
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
                """##),
        Migration(
            version: 5, name: "shared-settings",
            sql: ##"""
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
                """##),
        Migration(
            version: 6, name: "size",
            sql: ##"""
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
                """##),
        Migration(
            version: 7, name: "message-kinds",
            sql: ##"""
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
                """##),
        Migration(
            version: 8, name: "bulk-and-usage",
            sql: ##"""
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
                """##),
        Migration(
            version: 10, name: "link-previews",
            sql: ##"""
                -- WA-Connect, version 10: previews of links.

                INSERT IGNORE INTO wa_settings (name, default_value, description) VALUES
                  ('links.preview', 'yes', 'Show title, description and picture of the page that a text links to: yes or no. The page is fetched from this host, for 4 seconds at most');
                """##),
        Migration(
            version: 11, name: "phpmyadmin",
            sql: ##"""
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
                """##),
        Migration(
            version: 12, name: "mail-and-cron",
            sql: ##"""
                -- WA-Connect, version 12: mail to the owner, and a daemon that comes and goes.
                -- Each ALTER is one step that happens or does not; one that has happened already is passed over.

                ALTER TABLE wa_sessions
                  ADD COLUMN mailed_reason VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Reason of which the owner was told by mail' AFTER reason;

                ALTER TABLE wa_webhooks
                  ADD COLUMN mailed_at DATETIME(3) NULL COMMENT 'When the owner was told by mail that it fails (UTC)' AFTER failing_since;

                UPDATE wa_settings SET description = 'Mail address that is told when WhatsApp logs the number out, or a webhook has failed for an hour; empty = none' WHERE name = 'mail.to';

                UPDATE wa_settings SET description = 'resident = always running; cron = started by the cron job, leaves when all is done, for hosts that end programs that stay' WHERE name = 'daemon.mode';
                """##),
        Migration(
            version: 20, name: "steps",
            sql: ##"""
                -- WA-Connect, version 20: encryptions are counted, so that a restored backup is noticed however young it is.
                -- An ALTER is one step that happens or does not; one that has happened already is passed over.

                ALTER TABLE wa_credentials
                  ADD COLUMN steps BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Counts encryptions; lower than noted in the run directory means that a backup was restored' AFTER next_pre_key_id;
                """##),
        Migration(
            version: 21, name: "ceilings",
            sql: ##"""
                -- WA-Connect, version 21: a ceiling for the tables, and what the daemon has to say about a ceiling.
                -- Each step may be repeated.

                ALTER TABLE wa_settings
                  ADD COLUMN note VARCHAR(255) NULL COMMENT 'What the daemon found: a ceiling is near' AFTER problem,
                  ADD COLUMN mailed_at DATETIME(3) NULL COMMENT 'When the owner was told of the note by mail (UTC)' AFTER note;

                INSERT IGNORE INTO wa_settings (name, default_value, description) VALUES
                  ('database.max_bytes', '8589934592', 'Size of all tables in bytes from which on the oldest messages and webhook deliveries are deleted before their time; 0 = no limit');

                UPDATE wa_settings SET description = 'Mail address that is told when WhatsApp logs the number out, a webhook has failed for an hour, or disk or tables are nearly full; empty = none' WHERE name = 'mail.to';
                """##),
        Migration(
            version: 31, name: "resends",
            sql: ##"""
                -- WA-Connect, version 31: what nobody's second copy made readable is asked of the own phone.
                -- An ALTER is one step that happens or does not; one that has happened already is passed over.

                ALTER TABLE wa_retries
                  ADD COLUMN phone_requests INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'How often the own phone was asked for its copy' AFTER attempts;
                """##),
        Migration(
            version: 32, name: "counted-to",
            sql: ##"""
                -- WA-Connect, version 32: ranges of rows are counted while they still grow.

                ALTER TABLE wa_counts
                  ADD COLUMN counted_to BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Row numbers below this one are counted';

                UPDATE wa_counts SET counted_to = (block + 1) * 4096 WHERE counted_to = 0;
                """##),
        Migration(
            version: 33, name: "count-sums",
            sql: ##"""
                -- WA-Connect, version 33: the counts of 256 ranges each are summed, so that the total of millions of rows is a sum of some dozen.

                CREATE TABLE IF NOT EXISTS wa_count_sums (
                  session_id BIGINT UNSIGNED NOT NULL COMMENT 'Session',
                  kind ENUM('inbound','outbound','person','group') NOT NULL COMMENT 'What is counted: messages to us, messages of ours, people, groups',
                  block INT UNSIGNED NOT NULL COMMENT 'Which blocks of wa_counts: block 0 is 0 to 255, block 1 is 256 to 511, and so on',
                  number INT UNSIGNED NOT NULL COMMENT 'How many rows they count',
                  counted_to BIGINT UNSIGNED NOT NULL COMMENT 'Row numbers below this one are counted',
                  PRIMARY KEY (session_id, kind, block),
                  KEY wa_count_sums_block (kind, block),
                  CONSTRAINT wa_count_sums_session FOREIGN KEY (session_id) REFERENCES wa_sessions (id) ON DELETE CASCADE
                ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Sums of wa_counts; may be emptied, they are counted again';

                INSERT IGNORE INTO wa_count_sums (session_id, kind, block, number, counted_to)
                  SELECT session_id, kind, block DIV 256, SUM(number), MAX(counted_to) FROM wa_counts GROUP BY session_id, kind, block DIV 256;
                """##),
    ]
}
