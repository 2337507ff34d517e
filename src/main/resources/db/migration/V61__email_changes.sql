-- An address that a person wants and has not proven yet; id is the account's. One at a time for each account.
CREATE TABLE email_changes (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    email           text        NOT NULL,
    token_id        uuid        NOT NULL,
    expires_at      timestamptz NOT NULL,
    created_at      timestamptz NOT NULL,
    CONSTRAINT email_changes_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT email_changes_user_fk FOREIGN KEY (organization_id, id)
        REFERENCES users (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT email_changes_email_check CHECK (char_length(email) BETWEEN 3 AND 254)
);
