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
