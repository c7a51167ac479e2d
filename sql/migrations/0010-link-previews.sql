-- WA-Connect, version 10: previews of links.

INSERT IGNORE INTO wa_settings (name, default_value, description) VALUES
  ('links.preview', 'yes', 'Show title, description and picture of the page that a text links to: yes or no. The page is fetched from this host, for 4 seconds at most');
