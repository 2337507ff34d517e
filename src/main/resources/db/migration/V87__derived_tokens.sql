-- When a token was last got with another one of the session, to the minute: several of a minute are one event, and one write.
ALTER TABLE sessions ADD COLUMN derived_at timestamptz;
