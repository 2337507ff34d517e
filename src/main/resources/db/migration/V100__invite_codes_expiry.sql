-- Codes of links that ended long ago are deleted by age.
CREATE INDEX invite_codes_expires_index ON invite_codes (expires_at);
