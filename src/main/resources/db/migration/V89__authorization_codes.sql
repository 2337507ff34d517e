-- What a person has let an application do; id is that of its session, which says how long.
CREATE TABLE application_grants (
    organization_id  uuid        NOT NULL,
    id               uuid        NOT NULL,
    application_id   uuid        NOT NULL,
    scopes           text[]      NOT NULL,
    authenticated_at timestamptz NOT NULL,
    created_at       timestamptz NOT NULL,
    CONSTRAINT application_grants_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT application_grants_session_fk FOREIGN KEY (organization_id, id)
        REFERENCES sessions (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT application_grants_application_fk FOREIGN KEY (organization_id, application_id)
        REFERENCES applications (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX application_grants_application_index ON application_grants (organization_id, application_id);

-- Each is used once and followed by another; of none more is kept than a digest. With the salt, which is written when it
-- is used, the token itself gives the next one again, so that an answer that is lost can be sent anew.
CREATE TABLE refresh_tokens (
    organization_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    grant_id        uuid        NOT NULL,
    digest          bytea       NOT NULL,
    salt            text,
    used_at         timestamptz,
    created_at      timestamptz NOT NULL,
    CONSTRAINT refresh_tokens_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT refresh_tokens_grant_fk FOREIGN KEY (organization_id, grant_id)
        REFERENCES application_grants (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT refresh_tokens_digest_key UNIQUE (organization_id, digest),
    CONSTRAINT refresh_tokens_digest_check CHECK (octet_length(digest) = 32),
    CONSTRAINT refresh_tokens_used_check CHECK ((used_at IS NULL) = (salt IS NULL))
);
CREATE INDEX refresh_tokens_grant_index ON refresh_tokens (organization_id, grant_id, used_at);

-- A code is good for a minute; it is kept for a day after that, so that its second use ends what the first gave.
CREATE TABLE authorization_codes (
    organization_id    uuid        NOT NULL,
    id                 uuid        NOT NULL,
    digest             bytea       NOT NULL,
    application_id     uuid        NOT NULL,
    user_id            uuid        NOT NULL,
    browser_session_id uuid        NOT NULL,
    redirect_uri       text        NOT NULL,
    code_challenge     text        NOT NULL,
    scopes             text[]      NOT NULL,
    authenticated_at   timestamptz NOT NULL,
    expires_at         timestamptz NOT NULL,
    used_at            timestamptz,
    grant_id           uuid,
    created_at         timestamptz NOT NULL,
    CONSTRAINT authorization_codes_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT authorization_codes_application_fk FOREIGN KEY (organization_id, application_id)
        REFERENCES applications (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT authorization_codes_user_fk FOREIGN KEY (organization_id, user_id)
        REFERENCES users (organization_id, id) ON DELETE CASCADE,
    CONSTRAINT authorization_codes_digest_key UNIQUE (organization_id, digest),
    CONSTRAINT authorization_codes_digest_check CHECK (octet_length(digest) = 32)
);
CREATE INDEX authorization_codes_application_index ON authorization_codes (organization_id, application_id);
CREATE INDEX authorization_codes_user_index ON authorization_codes (organization_id, user_id);
CREATE INDEX authorization_codes_expiry_index ON authorization_codes (expires_at);
