-- A week after their use they are deleted, found over all organizations by that time.
CREATE INDEX refresh_tokens_used_index ON refresh_tokens (used_at) WHERE used_at IS NOT NULL;
