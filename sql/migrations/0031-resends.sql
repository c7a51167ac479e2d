-- WA-Connect, version 31: what nobody's second copy made readable is asked of the own phone.
-- An ALTER is one step that happens or does not; one that has happened already is passed over.

ALTER TABLE wa_retries
  ADD COLUMN phone_requests INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'How often the own phone was asked for its copy' AFTER attempts;
