-- Tokens name their client by its public identifier, so the subject of a revocation is a text. An account that goes on
-- (with a lower role, or active again) counts its revocations: a token of an earlier generation is refused, whatever the
-- clocks of the replicas say.
ALTER TABLE revocations ALTER COLUMN subject_id TYPE text COLLATE "C" USING subject_id::text;
ALTER TABLE revocations RENAME COLUMN subject_id TO subject;
ALTER TABLE revocations ADD COLUMN generation integer NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN token_generation integer NOT NULL DEFAULT 0;

-- When the last token of a session ends: so long must its revocation be remembered. Null: with the session.
ALTER TABLE sessions ADD COLUMN token_expires_at timestamptz;
