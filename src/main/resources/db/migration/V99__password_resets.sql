-- The newest link of an account that lets its person choose a new password; id is the account's.
CREATE TABLE password_resets (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    request_id      uuid        NOT NULL,
    digest          bytea       NOT NULL,
    email           text        NOT NULL,
    expires_at      timestamptz NOT NULL,
    created_at      timestamptz NOT NULL,
    CONSTRAINT password_resets_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT password_resets_user_fk FOREIGN KEY (organization_id, id)
        REFERENCES users (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT password_resets_digest_check CHECK (octet_length(digest) = 32)
);
CREATE UNIQUE INDEX password_resets_digest_key ON password_resets (organization_id, digest);
CREATE INDEX password_resets_expires_index ON password_resets (expires_at);
