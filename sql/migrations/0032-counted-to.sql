-- WA-Connect, version 32: ranges of rows are counted while they still grow.

ALTER TABLE wa_counts
  ADD COLUMN counted_to BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Row numbers below this one are counted';

UPDATE wa_counts SET counted_to = (block + 1) * 4096 WHERE counted_to = 0;
