-- When a code came a second time. Whoever is first with one finds it here, if that happens while its tokens are made.
ALTER TABLE authorization_codes ADD COLUMN reused_at timestamptz;
