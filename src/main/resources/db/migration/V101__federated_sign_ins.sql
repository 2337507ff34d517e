-- Who was sent to a trusted issuer to sign in there, until the answer comes.
CREATE TABLE federated_sign_ins (
    organization_id uuid        NOT NULL,
    digest          bytea       NOT NULL,
    browser_digest  bytea       NOT NULL,
    issuer          text        NOT NULL,
    path            text        NOT NULL,
    max_age         bigint,
    invite_id       uuid,
    invite_token_id uuid,
    expires_at      timestamptz NOT NULL,
    CONSTRAINT federated_sign_ins_pk PRIMARY KEY (organization_id, digest),
    CONSTRAINT federated_sign_ins_digest_check
        CHECK (octet_length(digest) = 32 AND octet_length(browser_digest) = 32),
    CONSTRAINT federated_sign_ins_invite_check CHECK ((invite_id IS NULL) = (invite_token_id IS NULL))
);
CREATE INDEX federated_sign_ins_expiry_index ON federated_sign_ins (expires_at);

-- What the issuer said, where one signed the person in: the browser may do no more than that.
ALTER TABLE browser_sessions ADD COLUMN foreign_role text;
ALTER TABLE browser_sessions ADD COLUMN foreign_authenticated_at timestamptz;
