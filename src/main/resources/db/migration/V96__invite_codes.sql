-- The codes in the links of invites. Each mail that may have left has one, and all of an invite's newest token are good.
CREATE TABLE invite_codes (
    organization_id uuid        NOT NULL,
    digest          bytea       NOT NULL,
    invite_id       uuid        NOT NULL,
    token_id        uuid        NOT NULL,
    expires_at      timestamptz NOT NULL,
    CONSTRAINT invite_codes_pk PRIMARY KEY (organization_id, digest),
    CONSTRAINT invite_codes_invite_fk FOREIGN KEY (organization_id, invite_id)
        REFERENCES invites (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT invite_codes_digest_check CHECK (octet_length(digest) = 32)
);
CREATE INDEX invite_codes_invite_index ON invite_codes (organization_id, invite_id);
