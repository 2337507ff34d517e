-- The codes in the links that confirm an address. Each mail that may have left has one; they go with the change.
CREATE TABLE email_change_codes (
    organization_id uuid  NOT NULL,
    digest          bytea NOT NULL,
    user_id         uuid  NOT NULL,
    token_id        uuid  NOT NULL,
    CONSTRAINT email_change_codes_pk PRIMARY KEY (organization_id, digest),
    CONSTRAINT email_change_codes_change_fk FOREIGN KEY (organization_id, user_id)
        REFERENCES email_changes (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT email_change_codes_digest_check CHECK (octet_length(digest) = 32)
);
CREATE INDEX email_change_codes_change_index ON email_change_codes (organization_id, user_id);
