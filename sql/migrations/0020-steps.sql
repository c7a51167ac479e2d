-- WA-Connect, version 20: encryptions are counted, so that a restored backup is noticed however young it is.
-- An ALTER is one step that happens or does not; one that has happened already is passed over.

ALTER TABLE wa_credentials
  ADD COLUMN steps BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'Counts encryptions; lower than noted in the run directory means that a backup was restored' AFTER next_pre_key_id;
