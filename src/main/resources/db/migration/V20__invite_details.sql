-- What an invite must remember besides what it grants.
ALTER TABLE invites
    ADD COLUMN display_name    text,
    -- Whether the pending account exists only because of this invite and goes when it is revoked.
    ADD COLUMN created_account boolean NOT NULL DEFAULT false,
    ADD COLUMN accepted_at     timestamptz,
    ADD CONSTRAINT invites_email_check CHECK (char_length(email) BETWEEN 3 AND 254),
    ADD CONSTRAINT invites_display_name_check CHECK (char_length(display_name) BETWEEN 1 AND 150);
CREATE INDEX invites_user_index ON invites (organization_id, user_id);
